import type { Storage as StorageAnswer } from "@/lib/api/schemas/storage";
import type { Settings } from "@/lib/env";
import { toInstant } from "@/lib/format/to-instant";
import type { StoredKind } from "@/lib/store/kept-kinds";
import { KEPT_MS } from "@/lib/store/kept-times";
import { MINUTES_KEPT_MS } from "@/lib/store/number-minutes";
import type { Storage } from "@/lib/store/storage";
import type { Store } from "@/lib/store/store";

const DAY_SECONDS = 86_400;
const GB = 1024 ** 3;

type Limits = Pick<Settings, "CELERIAC_RETENTION_DAYS" | "CELERIAC_RETENTION_GB">;

/** What the store keeps as the contract shows it. */
export function viewStorage(
  provider: Store["provider"],
  storage: Storage,
  { CELERIAC_RETENTION_DAYS: days, CELERIAC_RETENTION_GB: gigabytes }: Limits,
): StorageAnswer {
  const { used, file, slices, kinds, sizeDrop } = storage;
  const historySeconds = Math.round(days * DAY_SECONDS);
  return {
    provider,
    usedBytes: used,
    limitBytes: Math.round(gigabytes * GB),
    fileBytes: file,
    kinds: [
      { kind: "ended-tasks", ...addUp(slices), keptSeconds: historySeconds },
      ...kinds.map(({ oldestAt, ...kind }) => ({
        ...kind,
        oldestAt: toInstant(oldestAt),
        keptSeconds: keptSecondsOf(kind.kind, historySeconds),
      })),
    ],
    slices: slices.map(({ from, until, rows, bytes }) => ({
      ...{ rows, bytes },
      from: toInstant(from),
      until: toInstant(until),
    })),
    droppedForSizeAt: toInstant(sizeDrop?.at ?? null),
    droppedForSizeUntil: toInstant(sizeDrop?.until ?? null),
  };
}

function addUp(slices: Storage["slices"]) {
  const rows = slices.reduce((sum, slice) => sum + (slice.rows ?? 0), 0);
  const bytes = slices.reduce((sum, slice) => sum + (slice.bytes ?? 0), 0);
  const oldest = slices.flatMap(({ oldestAt }) => (oldestAt === null ? [] : [oldestAt]));
  return {
    rows: { count: rows, exact: rows === 0, estimate: rows === 0 ? null : rows },
    bytes,
    oldestAt: toInstant(oldest.length === 0 ? null : Math.min(...oldest)),
  };
}

function keptSecondsOf(kind: StoredKind, historySeconds: number): number | null {
  if (kind === "batches") return null;
  if (kind === "numbers-by-minute") return MINUTES_KEPT_MS / 1000;
  if (kind === "numbers-by-hour") return KEPT_MS.hours / 1000;
  if (kind === "queue-samples" || kind === "worker-samples") return KEPT_MS.samples / 1000;
  return historySeconds;
}
