import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { holdsHiddenValue } from "@/lib/celery/redact/holds-hidden-value";
import { isWireArray, isWireObject, type WireValue } from "@/lib/celery/wire-value";
import { AppError } from "@/lib/errors";
import type { StoredPatch } from "@/lib/store/batch-record";
import { getBatch } from "@/lib/store/batches";
import { bumpTopics } from "@/lib/store/changes";
import { type ArgsOverride, startDraft } from "@/lib/store/start-draft";
import type { Store } from "@/lib/store/store";
import { listWorkers } from "@/lib/store/workers";
import { ARGS_REASONS, type BlockReason } from "./block-reason";
import { describeCluster } from "./cluster-knowledge";
import { readPatches } from "./read-patches";
import { digestSelection, type Selection } from "./selection";

/** What a person decided on the preview. */
export interface BatchRequest {
  readonly snapshot: string;
  /** As it was previewed, or null when the request doesn't repeat it. */
  readonly selection: Selection | null;
  readonly actor: string;
  readonly reason: string;
  readonly ratePerSecond: number | null;
  readonly queue: string | null;
  readonly countdownSeconds: number | null;
  readonly spreadSeconds: number | null;
  readonly keepQueueBelow: number | null;
  readonly priority: number | null;
  readonly confirmTyped: boolean;
  readonly includeRedispatched: boolean;
  readonly includeLost: boolean;
  readonly overrides: readonly ArgsOverride[];
  /** Changes of kwargs, for tasks whose args nobody supplied. */
  readonly patches: readonly StoredPatch[];
  /** Both in words, for the record. */
  readonly changes: readonly string[];
}

/**
 * Makes a running batch of a snapshot; its id is the snapshot's. What the preview's request had agreed to stays agreed.
 * Throws AppError `bad_request` for an override or a patch that can't be read, `unprocessable` for another selection than the
 * snapshot's or an override outside it, `not_found` for a snapshot that is gone, `conflict` for one that was used.
 */
export async function startBatch(store: Store, request: BatchRequest): Promise<string> {
  for (const [index, override] of request.overrides.entries()) checkOverride(override, index);
  readPatches(request.patches);
  const draft = await getBatch(store, request.snapshot);
  if (draft?.state === "draft") checkSelection(request.selection, draft.options.selectionDigest, draft.total);
  const confirmTyped = request.confirmTyped || (draft?.options.confirmTyped ?? false);
  const includeRedispatched = request.includeRedispatched || (draft?.options.includeRedispatched ?? false);
  const includeLost = request.includeLost || (draft?.options.includeLost ?? false);
  const unblock: BlockReason[] = [];
  if (includeLost) unblock.push("lost-with-worker");
  if (includeRedispatched) unblock.push("already-redispatched");
  if (confirmTyped && describeCluster(await listWorkers(store), Date.now()).readsTypedValues) {
    unblock.push("typed-args");
  }
  await startDraft(store, {
    id: request.snapshot,
    actor: request.actor,
    reason: request.reason,
    ratePerSecond: request.ratePerSecond,
    queue: request.queue,
    options: {
      countdownSeconds: request.countdownSeconds,
      spreadSeconds: request.spreadSeconds,
      keepQueueBelow: request.keepQueueBelow,
      priority: request.priority,
      queue: request.queue,
      confirmTyped,
      includeRedispatched,
      includeLost,
      patches: request.patches,
      changes: request.changes,
      selectionDigest: draft?.options.selectionDigest ?? "",
    },
    unblock,
    endedByArgs: ARGS_REASONS,
    overrides: request.overrides,
  });
  await bumpTopics(store, ["redispatches"]);
  return request.snapshot;
}

function checkSelection(selection: Selection | null, digest: string, total: number): void {
  if (selection !== null && digestSelection(selection) !== digest) {
    throw new AppError("unprocessable", "snapshot: it was made of another selection; preview this one.");
  }
  if (total === 0) throw new AppError("unprocessable", "snapshot: there is no task in it.");
}

function checkOverride(override: ArgsOverride, index: number): void {
  const { args, kwargs } = override;
  checkJson(`overrides.${index}.args`, args, isWireArray, "a JSON array");
  checkJson(`overrides.${index}.kwargs`, kwargs, isWireObject, "a JSON object");
}

function checkJson(field: string, text: string, isRight: (value: WireValue) => boolean, takes: string): void {
  const read = parseWireJson(text);
  if (!read.ok) throw new AppError("bad_request", `${field}: ${read.reason} at character ${read.position}`);
  if (!isRight(read.value)) throw new AppError("bad_request", `${field}: takes ${takes}`);
  if (holdsHiddenValue(read.value)) {
    throw new AppError(
      "bad_request",
      `${field}: holds "***", which only stands for a hidden value; write the value`,
    );
  }
}
