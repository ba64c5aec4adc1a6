import type { WorkerDetail } from "@/lib/api/schemas/workers";
import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
import type { ControlMethod } from "@/lib/celery/control-message";
import type { WireValue } from "@/lib/celery/wire-value";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { StoredWorker } from "@/lib/store/workers";
import { hideSecrets } from "./hide-secrets";
import { type PlainJson, toPlainJson } from "./to-plain-json";
import { viewWorker } from "./worker-view";

const TIMEOUT_MS = 1500;
const ASKED = ["stats", "active", "reserved", "scheduled", "registered", "revoked", "conf"] as const;
type Asked = (typeof ASKED)[number];

/** What the detail of a worker is made with. */
export interface WorkerDetailContext {
  readonly broker: Broker;
  /** Names of kwargs and settings whose values are hidden. */
  readonly redact: readonly string[];
}

interface Answer {
  readonly value: WireValue;
  readonly note: string | null;
}

/**
 * The worker as its events told, with its own answers to remote control, asked now. A question is null, with a note,
 * where the worker is offline, did not answer within 1.5 s, refused, or could be frozen by answering
 * (celery-wire.md C.7).
 */
export async function getWorkerDetail(
  worker: StoredWorker,
  { broker, redact }: WorkerDetailContext,
): Promise<WorkerDetail> {
  const ask = isWorkerOnline(worker)
    ? (method: Asked) => askWorker(broker, worker, method)
    : async () => ({ value: null, note: "The worker is offline, so it was not asked." });
  const answers = await Promise.all(ASKED.map(ask));
  const read = (method: Asked): PlainJson =>
    toPlainJson(hideSecrets(answers[ASKED.indexOf(method)]?.value ?? null, redact));
  const view = viewWorker(worker);
  return {
    ...view,
    activeCount: view.active,
    stats: read("stats"),
    active: read("active"),
    reserved: read("reserved"),
    scheduled: read("scheduled"),
    registered: readNames(read("registered")) ?? copy(worker.answers?.registered),
    revoked: readNames(read("revoked")),
    conf: read("conf"),
    notes: [...new Set(answers.map(({ note }) => note).filter((note) => note !== null))],
  };
}

async function askWorker(broker: Broker, worker: StoredWorker, method: ControlMethod): Promise<Answer> {
  const acceptContent = worker.answers?.acceptContent ?? null;
  const isSafe = isSafeToAsk(method, acceptContent);
  if (method !== "active" && !isSafe) {
    const accepts = acceptContent === null ? "not known yet" : acceptContent.join(", ");
    return {
      value: null,
      note: `${method} was not asked: a worker that accepts more than JSON (here: ${accepts}) can freeze on answering it.`,
    };
  }
  const request = createControlRequest({
    method,
    // Reprs instead of values: the one form that every worker can write.
    ...(!isSafe && { arguments: { safe: true } }),
    destination: [worker.hostname],
  });
  const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
  const reply = replies[0];
  if (reply === undefined)
    return { value: null, note: `${method}: no answer within ${TIMEOUT_MS / 1000} s.` };
  if (reply.error !== null) return { value: null, note: `${method}: ${reply.error}` };
  return { value: reply.value, note: null };
}

function readNames(value: PlainJson): string[] | null {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : null;
}

function copy(names: readonly string[] | null | undefined): string[] | null {
  return names ? [...names] : null;
}
