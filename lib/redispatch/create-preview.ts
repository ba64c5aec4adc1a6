import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import {
  abandonDraft,
  addDraftItems,
  createDraft,
  type NewBatchItem,
  sealDraft,
} from "@/lib/store/batch-drafts";
import { listWorkers } from "@/lib/store/workers";
import { describeCluster } from "./cluster-knowledge";
import { listSelectedTasks } from "./list-selected-tasks";
import { PlanSummary } from "./plan-summary";
import { readSurroundings } from "./plan-surroundings";
import { type PlanSurroundings, writeWarnings } from "./plan-warnings";
import { type PlannedTask, Planner } from "./planner";
import { readAhead } from "./read-ahead";
import type { RedispatchSettings } from "./redispatch-settings";
import {
  describeSelection,
  digestSelection,
  MAX_BATCH_TASKS,
  type Selection,
  writeSelectionQuery,
} from "./selection";
import type { EvidenceSources } from "./task-evidence";
import { warnOfBackend } from "./warn-of-backend";

/** What a preview is asked for. */
export interface PreviewRequest {
  readonly selection: Selection;
  readonly actor: string;
  readonly queue: string | null;
  readonly confirmTyped: boolean;
  readonly includeRedispatched: boolean;
  readonly includeLost: boolean;
}

/** A frozen snapshot (the id of its draft), what it comes to, and what should be known before it is started. */
export interface CreatedPreview {
  readonly snapshot: string;
  readonly summary: PlanSummary;
  readonly warnings: readonly string[];
  readonly queues: PlanSurroundings["queues"];
}

/** Who waits for a preview: told how far it is, and able to give it up. */
export interface PreviewWatch {
  readonly signal?: AbortSignal;
  /** Called after each chunk of up to 1,000 tasks. */
  readonly onProgress?: (summary: PlanSummary) => void;
}

/**
 * Plans every task of the selection and keeps the plan as a draft, in chunks, so that memory does not grow with it.
 * Throws AppError `unprocessable` when it has more than MAX_BATCH_TASKS tasks, and the signal's reason when it aborts.
 */
export async function createPreview(
  sources: EvidenceSources,
  settings: RedispatchSettings,
  request: PreviewRequest,
  watch: PreviewWatch = {},
): Promise<CreatedPreview> {
  const { store } = sources;
  const { selection, actor, queue, confirmTyped, includeRedispatched, includeLost } = request;
  const now = Date.now();
  const cluster = describeCluster(await listWorkers(store), now);
  const snapshot = randomUUID();
  await createDraft(store, {
    id: snapshot,
    actor,
    selection: describeSelection(selection),
    selectionQuery: writeSelectionQuery(selection),
    options: {
      countdownSeconds: null,
      confirmTyped,
      includeRedispatched,
      includeLost,
      selectionDigest: digestSelection(selection),
    },
  });
  const planner = new Planner(sources, {
    queue,
    confirmTyped,
    includeRedispatched,
    includeLost,
    cluster,
    settings,
  });
  try {
    const [summary, surroundings] = await Promise.all([
      planAll(sources, planner, { snapshot, selection, watch }),
      readSurroundings(store, cluster, now),
    ]);
    await sealDraft(store, snapshot, { total: summary.total, skipped: summary.total - summary.ready });
    const warnings = [...writeWarnings(summary, surroundings), ...warnOfBackend(sources.backend, summary)];
    return { snapshot, summary, warnings, queues: surroundings.queues };
  } catch (error) {
    // What can't be marked now is deleted when its hour is over.
    await abandonDraft(store, snapshot).catch(() => {});
    throw error;
  }
}

/** Reads one chunk while another is planned and a third is written. */
async function planAll(
  sources: EvidenceSources,
  planner: Planner,
  { snapshot, selection, watch }: { snapshot: string; selection: Selection; watch: PreviewWatch },
): Promise<PlanSummary> {
  const summary = new PlanSummary();
  let writing: Promise<void> = Promise.resolve();
  for await (const tasks of readAhead(listSelectedTasks(sources, selection, MAX_BATCH_TASKS + 1))) {
    watch.signal?.throwIfAborted();
    if (summary.total + tasks.length > MAX_BATCH_TASKS) throw tooMany();
    const planned = await planner.plan(tasks);
    const items = planned.map((task, index) => toItem(task, summary.total + index));
    for (const { plan, evidence } of planned) summary.add(plan, evidence);
    await writing;
    writing = addDraftItems(sources.store, snapshot, items);
    // It is awaited in the next round; until then nobody listens.
    writing.catch(() => {});
    watch.onProgress?.(summary);
  }
  await writing;
  return summary;
}

function toItem({ plan, after }: PlannedTask, position: number): NewBatchItem {
  return {
    position,
    originalId: plan.id,
    newId: randomUUID(),
    name: plan.name,
    queue: plan.choice?.queue ?? null,
    queueRule: plan.choice?.rule ?? null,
    status: plan.reason === null ? "waiting" : "skipped",
    reason: plan.reason,
    fingerprint: plan.fingerprint,
    after,
  };
}

function tooMany(): AppError {
  return new AppError(
    "unprocessable",
    `The selection has more than ${MAX_BATCH_TASKS.toLocaleString("en-US")} tasks, the most that one batch takes: ` +
      "narrow it by date or by name.",
  );
}
