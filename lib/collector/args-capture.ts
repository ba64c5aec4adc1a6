import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
import { readQueriedTasks, type TaskInfo } from "@/lib/celery/control/read-task-infos";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import {
  type CapturedArgs,
  measureCapturedArgs,
  saveCapturedArgs,
  shrinkCapturedArgs,
  sizeOf,
} from "@/lib/store/captured-args";
import type { Store } from "@/lib/store/store";
import type { WantedArgs } from "./wanted-args";

const TIMEOUT_MS = 2_000;
/** Tasks of one request: few at first, then as many as keep the answers small. */
const FIRST_TASKS = 10;
const MOST_TASKS = 100;
/** A worker writes its answer between tasks of its main loop: more than this at once would hold it up. */
const LARGE_ANSWER_CHARS = 500_000;
const MAX_TASK_CHARS = 1_000_000;
const MAX_TOTAL_CHARS = 200_000_000;
/** How often the workers are asked, while there are tasks to ask for. */
export const CAPTURE_EVERY_MS = 500;

interface ArgsCaptureParts {
  readonly broker: Broker;
  readonly store: Store;
  readonly wanted: WantedArgs;
  /** What a worker said that it accepts; null is "not known". */
  readonly acceptContentOf: (hostname: string) => readonly string[] | null;
}

/**
 * Asks workers for the real args of tasks that they hold and keeps them: one request a round, to the workers concerned,
 * and only to those whose answer cannot freeze them (celery-wire.md C.7).
 */
export class ArgsCapture {
  readonly #parts: ArgsCaptureParts;
  #tasksPerRound = FIRST_TASKS;
  /** Characters kept; null until they were summed up. */
  #kept: number | null = null;

  constructor(parts: ArgsCaptureParts) {
    this.#parts = parts;
  }

  /** One round; nothing is sent when no task is wanted. Rejects when the broker or the store is away. */
  async capture(): Promise<void> {
    const { broker, wanted, acceptContentOf } = this.#parts;
    const isSafe = (hostname: string) => isSafeToAsk("query_task", acceptContentOf(hostname));
    const chosen = wanted.choose(this.#tasksPerRound, isSafe);
    if (chosen.size === 0) return;
    const request = createControlRequest({
      method: "query_task",
      arguments: { ids: [...chosen.keys()] },
      destination: [...new Set(chosen.values())],
    });
    const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
    const told = replies.flatMap(({ value, error }) =>
      error === null ? (readQueriedTasks(value) ?? []) : [],
    );
    const captured = told.filter(({ id }) => chosen.has(id)).flatMap((info) => toCaptured(info) ?? []);
    this.#adapt(captured.reduce((sum, call) => sum + sizeOf(call), 0));
    await this.#keep(captured);
    const ids = new Set(captured.map(({ taskId }) => taskId));
    for (const id of chosen.keys()) wanted.noteAsked(id, ids.has(id));
  }

  #adapt(answeredChars: number): void {
    this.#tasksPerRound =
      answeredChars > LARGE_ANSWER_CHARS
        ? Math.max(1, Math.floor(this.#tasksPerRound / 2))
        : Math.min(MOST_TASKS, this.#tasksPerRound * 2);
  }

  async #keep(captured: readonly CapturedArgs[]): Promise<void> {
    const { store, wanted } = this.#parts;
    const small = captured.filter((call) => sizeOf(call) <= MAX_TASK_CHARS);
    for (const call of captured) if (!small.includes(call)) wanted.noteTooLarge(call.name);
    if (small.length === 0) return;
    this.#kept ??= await measureCapturedArgs(store);
    await saveCapturedArgs(store, small, Date.now());
    this.#kept += small.reduce((sum, call) => sum + sizeOf(call), 0);
    // Well below the bound, so that room is not made for each.
    if (this.#kept > MAX_TOTAL_CHARS) this.#kept = await shrinkCapturedArgs(store, MAX_TOTAL_CHARS * 0.9);
  }
}

/** Null where the worker told a text only, as Celery 4 does. */
function toCaptured({ id, task, args, kwargs }: TaskInfo): CapturedArgs | null {
  if (args === null || kwargs === null) return null;
  return { taskId: id, name: task, args: writeWireJson(args), kwargs: writeWireJson(kwargs) };
}
