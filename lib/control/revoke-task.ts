import type { TerminateSignal } from "@/lib/celery/control-message";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { AppError } from "@/lib/errors";
import { listWorkers } from "@/lib/store/workers";
import { announceChange } from "./announce-change";
import { broadcastRevoke, type RevokeOutcome } from "./broadcast-revoke";
import type { ControlServices } from "./control-services";
import { describeOutcome } from "./describe-outcome";
import { isHeldByWorker } from "./is-held-by-worker";
import { makeRequest } from "./make-request";
import { recordAction } from "./record-action";
import { keepRowBeforeRevoke, readTaskEvidence, refuseEnded } from "./task-before-revoke";

/** A revoke that a person asked for. */
export interface RevokeOrder {
  readonly id: string;
  /** Whether the task is ended where it runs, too. */
  readonly terminate: boolean;
  readonly signal: TerminateSignal;
  readonly actor: string;
}

/**
 * Has all workers drop a task. Its row of the result table is kept first. Throws AppError `bad_request` for an id that may not be
 * sent; `not_found` for one that nobody knows, since a revoke would make a row of it; `conflict` for a task that has
 * ended, for a refusal, and when no worker is online to remember the revoke; `worker_timeout` when none answers.
 */
export async function revokeTask(services: ControlServices, order: RevokeOrder): Promise<RevokeOutcome> {
  const { store, broker, redact } = services;
  const { id, terminate, signal, actor } = order;
  // To all workers, also with `terminate`: only one of them runs the task, and who that is events may tell wrongly or not at all;
  // but the others have to know as well, or one of them would run it when it is retried, or delivered again because its
  // message was not acknowledged yet. A worker that does not hold it terminates nothing.
  const request = makeRequest({ method: "revoke", arguments: { task_id: [id], terminate, signal } });
  const evidence = await readTaskEvidence(services, id);
  refuseEnded(id, evidence);
  const online = (await listWorkers(store)).filter(isWorkerOnline);
  const isKnown = evidence.row !== null || evidence.record !== null;
  if (!isKnown && !(await isHeldByWorker(broker, online, id))) throw unknownTask(id);
  if (online.length === 0) {
    throw new AppError("conflict", "No worker is online: nobody would remember that the task was revoked.");
  }
  return recordAction(
    store,
    { actor, action: "revoke", target: id, request: { terminate, signal } },
    async () => {
      await keepRowBeforeRevoke(services, id);
      const expected = online.map(({ hostname }) => hostname);
      const outcome = await broadcastRevoke(broker, { request, expected, redact });
      await announceChange(store, "tasks");
      return { result: describeOutcome(outcome), value: outcome };
    },
  );
}

function unknownTask(id: string): AppError {
  return new AppError(
    "not_found",
    `Nothing is known of task ${JSON.stringify(id)}: no row in the result table, no event, and no worker says that it holds ` +
      "it. A revoke could make a row for an id that nobody knows.",
  );
}
