import type { ReactNode } from "react";

interface NumbersFigureProps {
  title: string;
  /** Of the whole range. */
  facts: readonly (readonly string[])[];
  children: ReactNode;
}

/** A chart under its title, with what it comes to in all. */
export function NumbersFigure({ title, facts, children }: NumbersFigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <h3 className="font-medium text-sm">{title}</h3>
        <dl className="tabular flex flex-wrap gap-x-3 text-xs">
          {facts.map(([label, value]) => (
            <div key={label} className="flex gap-1">
              <dt className="text-ink-muted">{label}</dt>
              <dd className="font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {children}
    </div>
  );
}
