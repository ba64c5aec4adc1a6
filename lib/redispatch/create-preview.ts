import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import { addDraftItems, createDraft, type NewBatchItem, sealDraft } from "@/lib/store/batch-drafts";
import { getCollectorStatus } from "@/lib/store/collector-status";
import { listWorkers } from "@/lib/store/workers";
import { describeCluster } from "./cluster-knowledge";
import { listSelectedIds } from "./list-selected-ids";
import { type PlannedTask, planChunk } from "./plan-chunk";
import { PlanSummary } from "./plan-summary";
import { writeWarnings } from "./plan-warnings";
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
}

/** A frozen snapshot (the id of its draft), what it comes to, and what should be known before it is started. */
export interface CreatedPreview {
  readonly snapshot: string;
  readonly summary: PlanSummary;
  readonly warnings: readonly string[];
}

/**
 * Plans every task of the selection and keeps the plan as a draft, in chunks, so that memory does not grow with it.
 * Throws AppError `unprocessable` when it has more than MAX_BATCH_TASKS tasks.
 */
export async function createPreview(
  sources: EvidenceSources,
  settings: RedispatchSettings,
  request: PreviewRequest,
): Promise<CreatedPreview> {
  const { store } = sources;
  const { selection, actor, queue, confirmTyped, includeRedispatched } = request;
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
      selectionDigest: digestSelection(selection),
    },
  });
  const summary = new PlanSummary();
  for await (const ids of listSelectedIds(sources, selection, MAX_BATCH_TASKS + 1)) {
    if (summary.total + ids.length > MAX_BATCH_TASKS) throw tooMany();
    const planned = await planChunk(sources, ids, {
      queue,
      confirmTyped,
      includeRedispatched,
      cluster,
      settings,
    });
    await addDraftItems(
      store,
      snapshot,
      planned.map((task, index) => toItem(task, summary.total + index)),
    );
    for (const { plan, evidence } of planned) summary.add(plan, evidence);
  }
  await sealDraft(store, snapshot, { total: summary.total, skipped: summary.total - summary.ready });
  const status = await getCollectorStatus(store, now);
  const collector = { active: status?.active ?? false, brokerConnected: status?.broker.connected ?? false };
  const warnings = [
    ...writeWarnings(summary, { cluster, collector }),
    ...warnOfBackend(sources.backend, summary),
  ];
  return { snapshot, summary, warnings };
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

/** The draft that was begun stays behind unsealed and is deleted when its hour is over. */
function tooMany(): AppError {
  return new AppError(
    "unprocessable",
    `The selection has more than ${MAX_BATCH_TASKS.toLocaleString("en-US")} tasks, the most that one batch takes: ` +
      "narrow it by date or by name.",
  );
}
