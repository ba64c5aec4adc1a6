import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  isOpen?: boolean;
  className?: string;
}

/** Something that most readers don't need, behind one line. */
export function Disclosure({ summary, children, isOpen, className }: DisclosureProps) {
  return (
    <details className={classNames("group", className)} open={isOpen}>
      <summary className="flex w-fit items-center gap-1 rounded text-ink-muted text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-3.5 shrink-0 text-ink-faint transition-transform group-open:rotate-90"
          aria-hidden
        />
        {summary}
      </summary>
      {children}
    </details>
  );
}
