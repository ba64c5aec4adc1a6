import { classNames } from "@/components/ui/class-names";
import { SOLID_TONES, TEXT_TONES, type Tone } from "@/components/ui/tone";
import { formatCount } from "@/lib/format/count";

interface PreviewCountsProps {
  total: number;
  /** Of them, with what the reader has repaired. */
  sendable: number;
  /** The preview is still being made. */
  isPartial?: boolean;
}

/** How many were found, would be sent, and would not; with a bar of their shares. */
export function PreviewCounts({ total, sendable, isPartial = false }: PreviewCountsProps) {
  const blocked = total - sendable;
  return (
    <section aria-label="Totals" className="flex flex-col gap-2">
      <dl className="grid grid-cols-3 gap-3">
        <Count label={isPartial ? "found so far" : "found"} value={total} />
        <Count label="will be sent" value={sendable} tone="green" />
        <Count label="blocked" value={blocked} tone={blocked > 0 ? "amber" : undefined} />
      </dl>
      <div aria-hidden className="flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-gray-soft">
        <span
          className={classNames(SOLID_TONES.green, isPartial && "animate-pulse-soft")}
          style={{ flexGrow: sendable }}
        />
        <span
          className={classNames(SOLID_TONES.amber, isPartial && "animate-pulse-soft")}
          style={{ flexGrow: blocked }}
        />
      </div>
    </section>
  );
}

function Count({ label, value, tone }: { label: string; value: number; tone?: Tone | undefined }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-muted text-sm">{label}</dt>
      <dd
        className={classNames(
          "tabular font-semibold text-xl tracking-tight",
          tone !== undefined && TEXT_TONES[tone],
        )}
      >
        {formatCount(value)}
      </dd>
    </div>
  );
}
