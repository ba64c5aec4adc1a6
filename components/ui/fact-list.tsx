import type { ReactNode } from "react";

interface FactListProps {
  /** Null is unknown, and said so. */
  facts: readonly (readonly [label: string, value: ReactNode])[];
}

/** What is known of one thing, a line a fact. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-muted">{label}</dt>
          <dd className="tabular break-words">{value ?? <span className="text-ink-faint">unknown</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
