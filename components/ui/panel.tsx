import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface PanelProps {
  title?: ReactNode;
  /** At the right end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Padding around the content; tables and lists go edge to edge. */
  flush?: boolean;
}

/** A framed part of a page with its own heading. */
export function Panel({ title, actions, children, className, flush = false }: PanelProps) {
  return (
    <section className={classNames("min-w-0 rounded-lg border bg-surface shadow-raised", className)}>
      {title === undefined ? null : (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-1.5">
          <h2 className="font-semibold text-base">{title}</h2>
          {actions === undefined ? null : <div className="flex items-center gap-2 text-sm">{actions}</div>}
        </header>
      )}
      <div className={classNames(!flush && "px-4 pb-4", !flush && title === undefined && "pt-4")}>
        {children}
      </div>
    </section>
  );
}
