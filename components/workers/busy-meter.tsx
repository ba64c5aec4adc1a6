interface BusyMeterProps {
  /** Tasks running now; null is unknown. */
  active: number | null;
  /** Tasks that can run at once. */
  concurrency: number | null;
}

/** How many of a worker's slots are taken, in numbers and as a bar. */
export function BusyMeter({ active, concurrency }: BusyMeterProps) {
  if (active === null) return <span className="text-ink-faint">–</span>;
  const share = concurrency === null || concurrency === 0 ? 0 : Math.min(1, active / concurrency);
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-gray-soft max-sm:hidden">
        <span className="block h-full rounded-full bg-blue-solid" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="tabular">
        {active} <span className="text-ink-muted">of {concurrency ?? "?"}</span>
      </span>
    </span>
  );
}
