import { Info, TriangleAlert } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { Storage } from "@/lib/api/schemas/storage";
import { formatBytes } from "@/lib/format/bytes";

/** From this share of the limit on the bar warns: the next slice may make the oldest go. */
const NEARLY_FULL = 0.9;

/** How much room the store takes of what it may, and what had to go for it. */
export function SizePanel({ storage }: { storage: Storage }) {
  const { provider, usedBytes, limitBytes, fileBytes, droppedForSizeAt, droppedForSizeUntil } = storage;
  const share = usedBytes / limitBytes;
  return (
    <Panel title="Size now">
      <p className="tabular text-sm">
        <span className="font-semibold text-xl">{formatBytes(usedBytes)}</span>{" "}
        <span className="text-ink-muted">
          of {formatBytes(limitBytes)} that may be kept ({formatShare(share)})
        </span>
      </p>
      <div aria-hidden className="mt-2 h-2 w-full overflow-hidden rounded-full bg-gray-soft">
        <span
          className={classNames(
            "block h-full rounded-full",
            share >= NEARLY_FULL ? "bg-amber-solid" : "bg-blue-solid",
          )}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </div>
      <p className="mt-2 text-ink-muted text-sm">
        {provider === "sqlite" ? "SQLite" : "PostgreSQL"}
        {fileBytes === null
          ? ", with all indexes."
          : `, a file of ${formatBytes(fileBytes)}: the room of what was dropped is used again.`}{" "}
        Above the limit (CELERIAC_RETENTION_GB) the oldest slice of the history is dropped.
      </p>
      {droppedForSizeAt === null ? (
        share > 1 ? (
          <Notice tone="amber" icon={TriangleAlert} role="status" className="mt-3">
            More is used than may be kept. What is dropped next is larger than half of the limit: it stays
            until there is that much without it.
          </Notice>
        ) : null
      ) : (
        <Notice tone="amber" icon={Info} role="status" className="mt-3">
          History was dropped before its age, for its size, last at <Instant at={droppedForSizeAt} />: what
          ended before <Instant at={droppedForSizeUntil} /> is gone.
        </Notice>
      )}
    </Panel>
  );
}

function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return "under 1 %";
  return `${Math.floor(share * 100)} %`;
}
