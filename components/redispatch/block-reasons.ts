import type { BlockReason, QueueRule } from "@/lib/api/schemas/redispatches";

interface BlockedWords {
  /** After the count: "1 was…", "12 were…". */
  one: string;
  many: string;
  /** What the reader can do about it. */
  remedy: string;
}

/** Why a task is not sent, in words. */
export const BLOCKED_WORDS: Record<BlockReason, BlockedWords> = {
  "lossy-args": {
    one: "has args that can't be rebuilt exactly",
    many: "have args that can't be rebuilt exactly",
    remedy:
      "They were cut when they were stored, hold an object, or lack the result of a step before. Write them by hand, " +
      "one task at a time.",
  },
  "typed-args": {
    one: "has args with typed values, such as Decimal, UUID or datetime",
    many: "have args with typed values, such as Decimal, UUID or datetime",
    remedy: "They are sent as Celery's own typed values, which workers since Celery 5.3 turn back.",
  },
  "unknown-args": {
    one: "has no stored args",
    many: "have no stored args",
    remedy:
      "Set result_extended = True in Celery to store them from now on. Write them by hand, one task at a time.",
  },
  "no-name": {
    one: "has no stored task name",
    many: "have no stored task name",
    remedy: "Set result_extended = True in Celery to store names from now on.",
  },
  "already-redispatched": {
    one: "was retried already",
    many: "were retried already",
    remedy: "They are left out so that nothing runs twice by accident.",
  },
  "unknown-serializer": {
    one: "goes to a queue whose workers take no JSON",
    many: "go to a queue whose workers take no JSON",
    remedy:
      "Celeriac sends JSON, which these workers would drop without a trace. Add json to their accept_content, or " +
      "choose another queue.",
  },
  "not-finished": {
    one: "has not finished",
    many: "have not finished",
    remedy: "They may still succeed by themselves. Wait for them to end.",
  },
  "lost-with-worker": {
    one: "had begun on a worker that is gone",
    many: "had begun on a worker that is gone",
    remedy:
      "They will not end, unless they have acks_late: then the broker delivers them again by itself, on Redis after its " +
      "visibility timeout.",
  },
  gone: {
    one: "is no longer in the result table",
    many: "are no longer in the result table",
    remedy: "They were deleted, by result expiry or by hand.",
  },
};

/** Which rule chose the queue, in words. */
export const QUEUE_RULE_WORDS: Record<QueueRule, string> = {
  "task-event": "where these tasks went before",
  "type-last-seen": "where tasks of this name last went",
  "worker-queue": "the only queue of the worker that ran it",
  route: "from CELERIAC_ROUTES",
  default: "the default: nothing says where it went",
  operator: "chosen by you",
};
