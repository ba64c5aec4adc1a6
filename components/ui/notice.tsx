import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { SOFT_TONES, type Tone } from "./tone";

interface NoticeProps {
  tone: Tone;
  icon: LucideIcon;
  children: ReactNode;
  className?: string;
  /** `alert` interrupts a screen reader; `status` waits. */
  role?: "alert" | "status";
}

/** One line that a reader should know, beside the data it is about. */
export function Notice({ tone, icon: Icon, children, className, role }: NoticeProps) {
  return (
    <div
      role={role}
      className={classNames(
        "flex items-start gap-2 rounded-md px-3 py-2 text-sm",
        SOFT_TONES[tone],
        className,
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" strokeWidth={2} aria-hidden />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  );
}
