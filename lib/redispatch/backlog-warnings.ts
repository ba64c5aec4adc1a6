import { countTasks } from "./count-tasks";
import type { QueueGroup } from "./plan-summary";

/** A queue that holds fewer, and none for long, keeps up. */
const MANY_MESSAGES = 1_000;
const LONG_SECONDS = 60;

/** How a queue is now; null is "cannot be known". */
export interface QueueBacklog {
  readonly depth: number;
  readonly consumers: number | null;
  readonly oldestWaitingSeconds: number | null;
  /** The age is at least this: the mark of a message that came before is missing. */
  readonly oldestWaitingIsMinimum: boolean;
}

/** Says which queues are backed up already, and by how much. */
export function writeBacklogWarnings(
  groups: readonly QueueGroup[],
  queues: ReadonlyMap<string, QueueBacklog>,
): string[] {
  return groups.flatMap(({ queue, ready }) => {
    const backlog = queues.get(queue);
    if (ready === 0 || backlog === undefined || !isBackedUp(backlog)) return [];
    const holds = `The queue ${queue} is backed up: ${backlog.depth.toLocaleString("en-US")} ${
      backlog.depth === 1 ? "message waits" : "messages wait"
    } in it${writeAge(backlog)}.`;
    return [`${holds} ${countTasks(ready)} more will wait behind them: choose a rate that it can take.`];
  });
}

function isBackedUp({ depth, oldestWaitingSeconds }: QueueBacklog): boolean {
  return depth >= MANY_MESSAGES || (depth > 0 && (oldestWaitingSeconds ?? 0) >= LONG_SECONDS);
}

function writeAge({ oldestWaitingSeconds: seconds, oldestWaitingIsMinimum }: QueueBacklog): string {
  if (seconds === null) return "";
  return `, the oldest for ${oldestWaitingIsMinimum ? "at least " : ""}${inWords(seconds)}`;
}

function inWords(seconds: number): string {
  const [amount, unit] =
    seconds < 120
      ? [seconds, "second"]
      : seconds < 7_200
        ? [seconds / 60, "minute"]
        : seconds < 172_800
          ? [seconds / 3_600, "hour"]
          : [seconds / 86_400, "day"];
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
