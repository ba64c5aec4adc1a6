import { classNames } from "@/components/ui/class-names";
import { SOLID_TONES, TEXT_TONES, type Tone } from "@/components/ui/tone";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";

interface PreviewCountsProps {
  preview: Preview;
  /** Blocked tasks that get their args from the reader. */
  replaced: number;
}

/** How many were found, would be sent, and would not; with a bar of their shares. */
export function PreviewCounts({ preview, replaced }: PreviewCountsProps) {
  const ready = preview.ready + replaced;
  const blocked = preview.total - ready;
  return (
    <section aria-label="Totals" className="flex flex-col gap-2">
      <dl className="grid grid-cols-3 gap-3">
        <Count label="found" value={preview.total} />
        <Count label="will be sent" value={ready} tone="green" />
        <Count label="blocked" value={blocked} tone={blocked > 0 ? "amber" : undefined} />
      </dl>
      <div aria-hidden className="flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-gray-soft">
        <span className={SOLID_TONES.green} style={{ flexGrow: ready }} />
        <span className={SOLID_TONES.amber} style={{ flexGrow: blocked }} />
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
