import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { announceChange } from "./announce-change";
import { checkEffect } from "./check-effect";
import type { ControlServices } from "./control-services";
import { makeRequest } from "./make-request";
import { recordAction } from "./record-action";
import { requireOnlineWorker } from "./require-online-worker";
import { sendCommand, sendUnanswered } from "./send-command";

/** A command that a person gives a worker. */
export interface WorkerOrder {
  readonly hostname: string;
  readonly actor: string;
  /** How the command is called in the record of actions. */
  readonly action: string;
  /** What was asked for, for the record. */
  readonly request: unknown;
  readonly call: ControlCall;
}

/**
 * Has a worker do something, and returns its answer in its own words; null for `shutdown`, to which none answers. Throws
 * AppError `bad_request` for what may not be sent, `not_found` for a worker that is unknown, `conflict` for one that is offline,
 * that refuses, or that the command would harm, and `worker_timeout` for one that does not answer.
 */
export async function commandWorker(
  { store, broker, redact }: Omit<ControlServices, "results">,
  { hostname, actor, action, request: asked, call }: WorkerOrder,
): Promise<string | null> {
  await requireOnlineWorker(store, hostname);
  const request = makeRequest({ ...call, destination: [hostname] });
  return recordAction(store, { actor, action, target: hostname, request: asked }, async () => {
    await checkEffect(broker, hostname, request);
    if (request.method === "shutdown") {
      await sendUnanswered(broker, hostname, request);
      return { result: "It was told to shut down, to which no worker answers.", value: null };
    }
    const words = await sendCommand(broker, { hostname, request, redact });
    await announceChange(store, "workers");
    return { result: words, value: words };
  });
}
