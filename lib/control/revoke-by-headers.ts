import type { TerminateSignal } from "@/lib/celery/control-message";
import { isAtLeastVersion } from "@/lib/celery/is-at-least-version";
import { redactText } from "@/lib/celery/redact/redact";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { AppError } from "@/lib/errors";
import { listWorkers, type StoredWorker } from "@/lib/store/workers";
import { announceChange } from "./announce-change";
import { broadcastRevoke, type RevokeOutcome, type RevokeReply } from "./broadcast-revoke";
import type { ControlServices } from "./control-services";
import { describeOutcome } from "./describe-outcome";
import { makeRequest } from "./make-request";
import { recordAction } from "./record-action";

/** A revoke by stamps that a person asked for. */
export interface RevokeByHeadersOrder {
  /** Stamp → values, one of which has to fit. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly terminate: boolean;
  readonly signal: TerminateSignal;
  readonly actor: string;
}

const STAMPS_SINCE = [5, 3] as const;

/**
 * Has all workers drop tasks that carry one of the stamps. Workers older than Celery 5.3, which know no stamps, are not asked and
 * are named among the replies. Throws AppError as `revokeTask` does; `conflict` when there is no worker to ask.
 */
export async function revokeByHeaders(
  { store, broker, redact }: Omit<ControlServices, "results">,
  { headers, terminate, signal, actor }: RevokeByHeadersOrder,
): Promise<RevokeOutcome> {
  const online = (await listWorkers(store)).filter(isWorkerOnline);
  const able = online.filter(({ softwareVersion }) => isAtLeastVersion(softwareVersion, STAMPS_SINCE));
  const left = online.filter((worker) => !able.includes(worker)).map(describeOld);
  const expected = able.map(({ hostname }) => hostname);
  // Checked first: what may not be sent is so whoever is online.
  const request = makeRequest({
    method: "revoke_by_stamped_headers",
    arguments: { headers, terminate, signal },
    destination: expected.length > 0 ? expected : null,
  });
  if (expected.length === 0) throw nobodyToAsk(left);
  const target = Object.keys(headers).join(", ");
  const asked = { headers: JSON.parse(redactText(JSON.stringify(headers), redact)), terminate, signal };
  return recordAction(store, { actor, action: "revoke-by-headers", target, request: asked }, async () => {
    const { reply, replies } = await broadcastRevoke(broker, { request, expected, redact });
    await announceChange(store, "tasks");
    const outcome = { reply, replies: [...replies, ...left] };
    return { result: describeOutcome(outcome), value: outcome };
  });
}

function describeOld({ hostname, softwareVersion }: StoredWorker): RevokeReply {
  const version =
    softwareVersion === null ? "its version is not known yet" : `it runs Celery ${softwareVersion}`;
  return { hostname, reply: `not asked: ${version}, and stamps need ${STAMPS_SINCE.join(".")}` };
}

function nobodyToAsk(left: readonly RevokeReply[]): AppError {
  const reasons = left.map(({ hostname, reply }) => `${hostname}: ${reply}`).join("; ");
  return new AppError(
    "conflict",
    reasons === "" ? "No worker is online: nobody would remember it." : reasons,
  );
}
