import type { HeldTask, HeldTasks } from "@/lib/api/schemas/worker-parts";
import { redactText } from "@/lib/celery/redact/redact";
import type { TaskRecord } from "@/lib/celery/task-record";
import { toInstant } from "@/lib/format/to-instant";
import type { Store } from "@/lib/store/store";
import { listTasks } from "@/lib/store/tasks";
import { compareHeld, MAX_HELD, readInstant, SHOWN_CHARS } from "./held-tasks-view";

interface HeldByEvents {
  readonly active: HeldTasks;
  readonly reserved: HeldTasks;
  readonly scheduled: HeldTasks;
}

/**
 * What a worker holds by what its events told: for one that is away, or that can't be asked safely. A task whose
 * events were lost on the way is missing, or still there.
 */
export async function listHeldFromEvents(
  store: Store,
  hostname: string,
  redact: readonly string[],
): Promise<HeldByEvents> {
  const list = (state: string) =>
    listTasks(store, { workers: [hostname], states: [state] }, "-finishedAt", MAX_HELD, null);
  const [started, received] = await Promise.all([list("STARTED"), list("RECEIVED")]);
  const view = (records: readonly TaskRecord[], isCut: boolean): HeldTasks => ({
    from: "events",
    tasks: records.map((record) => viewRecord(record, redact)).toSorted(compareHeld),
    isCut,
  });
  const isCut = received.next !== null;
  return {
    active: view(started.tasks, started.next !== null),
    reserved: view(
      received.tasks.filter(({ eta }) => eta === null),
      isCut,
    ),
    scheduled: view(
      received.tasks.filter(({ eta }) => eta !== null),
      isCut,
    ),
  };
}

function viewRecord(record: TaskRecord, redact: readonly string[]): HeldTask {
  // Hidden first: a cut may take away the name before a value.
  const show = (text: string | null) => text && redactText(text, redact).slice(0, SHOWN_CHARS);
  return {
    id: record.id,
    name: record.name,
    args: show(record.args),
    kwargs: show(record.kwargs),
    startedAt: toInstant(record.startedAt),
    sinceAt: toInstant(record.startedAt ?? record.receivedAt),
    eta: readInstant(record.eta),
    queue: record.queue,
    ...{ priority: null, pid: null, redelivered: null, acknowledged: null },
  };
}
