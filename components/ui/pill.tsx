import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names";
import { SOFT_TONES, type Tone } from "./tone";

interface PillProps {
  tone: Tone;
  icon: LucideIcon;
  label: string;
  className?: string;
}

/** A state as icon and word: colour only repeats what they say. */
export function Pill({ tone, icon: Icon, label, className }: PillProps) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-full px-2 font-medium text-xs",
        SOFT_TONES[tone],
        className,
      )}
    >
      <Icon className="size-3 shrink-0" strokeWidth={2.25} aria-hidden />
      <span className="truncate">{label}</span>
    </span>
  );
}
