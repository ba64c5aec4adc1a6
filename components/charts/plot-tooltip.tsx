import { formatCount } from "@/lib/format/count";
import { formatInstant } from "@/lib/format/instant";
import type { PlotRow } from "./plot-rows";
import type { Series } from "./series";

interface PlotTooltipProps {
  series: readonly Series[];
  format?: ((value: number) => string) | undefined;
  zone: string;
  /** The chart library fills these in. */
  active?: boolean;
  payload?: readonly { payload?: PlotRow }[];
}

/** The numbers under the pointer. */
export function PlotTooltip({ series, format = formatCount, zone, active, payload }: PlotTooltipProps) {
  const row = payload?.[0]?.payload;
  if (!active || row === undefined) return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-xs shadow-floating">
      <p className="tabular mb-1 text-ink-muted">{formatInstant(row.at, zone)}</p>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
        {series.map((one) => {
          const value = row[one.key] ?? row[`${one.key}:partial`];
          return (
            <div key={one.key} className="contents">
              <span className="size-2 rounded-xs" style={{ background: one.color }} />
              <dt>{one.label}</dt>
              <dd className="tabular text-right font-medium">{value == null ? "–" : format(value)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
