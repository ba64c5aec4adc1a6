import type { Series } from "./series";

/** Which colour is what. */
export function ChartLegend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted text-xs">
      {series.map((one) => (
        <li key={one.key} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-xs" style={{ background: one.color }} />
          {one.label}
        </li>
      ))}
    </ul>
  );
}
