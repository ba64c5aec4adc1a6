import type { HeldTask } from "@/lib/store/held-tasks";
import { makeWorker, NOW } from "@/tests/unit/lib/redispatch/make-worker";

export { makeWorker, NOW };

/** A task that the worker `mail@box` has run for `seconds`, changed by `part`. */
export function makeRunning(seconds: number, part: Partial<HeldTask> = {}): HeldTask {
  const startedAt = NOW - seconds * 1_000;
  return {
    ...{ id: "running-1", name: "shop.mail.send", state: "STARTED", worker: "mail@box", queue: null },
    ...{ eta: null, retries: 0, receivedAt: startedAt - 100, startedAt, stateAt: startedAt, attempts: [] },
    ...part,
  };
}

/** A task that the worker `mail@box` has held in reserve for `seconds`, changed by `part`. */
export function makeReserved(seconds: number, part: Partial<HeldTask> = {}): HeldTask {
  const receivedAt = NOW - seconds * 1_000;
  return {
    ...makeRunning(seconds),
    ...{ id: "reserved-1", state: "RECEIVED", receivedAt, startedAt: null, stateAt: receivedAt },
    ...part,
  };
}
