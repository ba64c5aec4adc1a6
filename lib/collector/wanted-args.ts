import { LRUCache } from "lru-cache";
import { isWorthReplacing } from "@/lib/celery/args/choose-args";
import { readEventArgs, readEventKwargs } from "@/lib/celery/args/read-event-args";
import type { TaskReceivedEvent } from "@/lib/celery/celery-event";
import type { ReceivedEvent } from "./fold-events";

const MAX_TASKS = 10_000;
const MAX_TRIES = 3;
/** Tasks of a name whose args were too large to keep are left alone for so long. */
const TOO_LARGE_MS = 600_000;

/** A task whose args are wanted. */
interface WantedTask {
  /** The worker that holds it. */
  readonly hostname: string;
  /** A worker does not find a task that waits for its eta (celery-wire.md C.5): it is asked when that one starts. */
  isFound: boolean;
  tries: number;
}

/** The tasks that workers hold and whose real args no event told, by their events. */
export class WantedArgs {
  /** In the order in which they came. */
  readonly #tasks = new Map<string, WantedTask>();
  readonly #tooLarge = new LRUCache<string, true>({ max: 1_000, ttl: TOO_LARGE_MS });

  note(events: readonly ReceivedEvent[]): void {
    for (const { event } of events) {
      if (event.type === "task-received") this.#noteReceived(event);
      else if (event.type === "task-started") this.#noteStarted(event.uuid, event.hostname);
      else if ("uuid" in event && event.type !== "task-sent" && event.type !== "task-custom") {
        this.#tasks.delete(event.uuid);
      }
    }
  }

  /** At most `limit` tasks that can be asked for now of a worker that `isSafe`, those that came first. */
  choose(limit: number, isSafe: (hostname: string) => boolean): ReadonlyMap<string, string> {
    const chosen = new Map<string, string>();
    for (const [id, task] of this.#tasks) {
      if (chosen.size >= limit) break;
      if (task.isFound && isSafe(task.hostname)) chosen.set(id, task.hostname);
    }
    return chosen;
  }

  /** To be called for each task that was asked for. */
  noteAsked(id: string, wasTold: boolean): void {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    task.tries += 1;
    if (wasTold || task.tries >= MAX_TRIES) this.#tasks.delete(id);
  }

  noteTooLarge(name: string | null): void {
    if (name !== null) this.#tooLarge.set(name, true);
  }

  #noteReceived({ uuid, hostname, name, args, kwargs, eta }: TaskReceivedEvent): void {
    if (name !== null && this.#tooLarge.has(name)) return;
    const isWanted =
      isWorthReplacing(readEventArgs(args).class) || isWorthReplacing(readEventKwargs(kwargs).class);
    if (!isWanted) return;
    this.#tasks.delete(uuid);
    this.#tasks.set(uuid, { hostname, isFound: eta === null, tries: 0 });
    const [oldest] = this.#tasks.keys();
    if (this.#tasks.size > MAX_TASKS && oldest !== undefined) this.#tasks.delete(oldest);
  }

  #noteStarted(id: string, hostname: string): void {
    const task = this.#tasks.get(id);
    if (task !== undefined) this.#tasks.set(id, { ...task, hostname, isFound: true });
  }
}
