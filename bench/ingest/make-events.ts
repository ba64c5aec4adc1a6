import { randomUUID } from "node:crypto";

const WORKERS = 20;
const NAMES = 40;
/** Tasks that a worker holds beside the one that it runs. */
const PREFETCHED = 4;
/** One in so many tasks fails, and another is tried again once. */
const TROUBLE_EVERY = 50;
const TRACEBACK = `Traceback (most recent call last):\n${'  File "/srv/shop/tasks.py", line 12, in send\n    deliver(order)\n'.repeat(8)}ConnectionError: refused\n`;

/** An event's JSON, with the worker that sent it. */
export interface EventText {
  readonly worker: string;
  readonly json: string;
  /** Whether it ends a task, or an attempt of it. */
  readonly isEnd: boolean;
}

/**
 * The events of `tasks` tasks, as 20 workers send them with `-E` (celery-wire.md D.3): received, started, succeeded; two in a
 * hundred fail or are tried again. 40 names, 150 bytes of args. In the order in which each worker sends them, the workers in turn.
 */
export function* makeEvents(tasks: number): Generator<EventText> {
  const lines = Array.from({ length: WORKERS }, (_, place) => runTasks(place, Math.ceil(tasks / WORKERS)));
  for (let open = lines; open.length > 0; ) {
    const left: typeof lines = [];
    for (const line of open) {
      const { value, done } = line.next();
      if (done) continue;
      yield value;
      left.push(line);
    }
    open = left;
  }
}

function* runTasks(place: number, tasks: number): Generator<EventText> {
  const worker = `celery@worker-${place}`;
  let clock = 0;
  const event = (uuid: string, type: string, fields: string): EventText => {
    clock += 1;
    const json =
      `{"hostname": "${worker}", "utcoffset": 0, "pid": ${1000 + place}, "clock": ${clock}, "uuid": "${uuid}", ` +
      `${fields}"timestamp": ${Date.now() / 1000}, "type": "task-${type}"}`;
    return { worker, json, isEnd: type !== "received" && type !== "started" };
  };
  const receive = (uuid: string, number: number, retries: number) =>
    event(uuid, "received", describe(uuid, number, retries));
  const held: { uuid: string; number: number }[] = [];
  for (let number = 0; number < tasks + PREFETCHED; number++) {
    if (number < tasks) {
      held.push({ uuid: randomUUID(), number: number * WORKERS + place });
      yield receive(held.at(-1)?.uuid ?? "", number, 0);
    }
    if (number < PREFETCHED) continue;
    const task = held.shift();
    if (task === undefined) continue;
    const { uuid } = task;
    yield event(uuid, "started", "");
    const trouble = task.number % TROUBLE_EVERY;
    if (trouble === 0) {
      yield event(uuid, "failed", writeFailure());
      continue;
    }
    if (trouble === 1) {
      yield event(uuid, "retried", writeFailure());
      yield receive(uuid, task.number, 1);
      yield event(uuid, "started", "");
    }
    yield event(uuid, "succeeded", `"result": "{'sent': True}", "runtime": 0.0123, `);
  }
}

function describe(uuid: string, number: number, retries: number): string {
  const args = `(${number}, '${uuid}', '${"x".repeat(80)}', [1, 2.5, None])`;
  return (
    `"name": "shop.tasks.kind_${number % NAMES}", "args": ${JSON.stringify(args)}, "kwargs": "{'currency': 'EUR'}", ` +
    `"root_id": "${uuid}", "parent_id": null, "retries": ${retries}, "eta": null, "expires": null, `
  );
}

function writeFailure(): string {
  return `"exception": "ConnectionError('refused')", "traceback": ${JSON.stringify(TRACEBACK)}, `;
}
