import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface ScrollAreaProps {
  /** Read to screen readers. */
  label: string;
  /** How high it may grow, at least. */
  className: string;
  children: ReactNode;
}

/** A part of a page that scrolls by itself, by keyboard too. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus (WCAG 2.1.1).
    <section aria-label={label} tabIndex={0} className={classNames("overflow-y-auto", className)}>
      {children}
    </section>
  );
}
