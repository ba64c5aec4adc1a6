import { type ControlMethod, TERMINATE_SIGNALS } from "../control-message";
import {
  type ArgumentReader,
  readChoice,
  readCount,
  readFlag,
  readIds,
  readLimit,
  readQueue,
  readRate,
  readStamps,
  readText,
  readTexts,
} from "./argument-readers";
import type { ControlArguments } from "./control-arguments";

interface Argument {
  readonly isRequired: boolean;
  readonly read: ArgumentReader;
}

type ArgumentTable = {
  readonly [Method in ControlMethod]: {
    readonly [Name in keyof ControlArguments[Method]]-?: Argument;
  };
};

/** More processes than any machine runs: a slip of the finger must not reach a worker. */
const MAX_PROCESSES = 1_000;

const TERMINATION = { terminate: optional(readFlag), signal: optional(readChoice(TERMINATE_SIGNALS)) };

/**
 * All arguments of all commands. Celery's own client sends no others, and a worker answers an unknown one with an error
 * (celery-wire.md C.5).
 */
export const ARGUMENT_TABLE: ArgumentTable = {
  ping: {},
  report: {},
  stats: {},
  active: { safe: optional(readFlag) },
  active_queues: {},
  registered: { taskinfoitems: optional(readTexts), builtins: optional(readFlag) },
  reserved: {},
  scheduled: {},
  revoked: {},
  conf: { with_defaults: optional(readFlag) },
  query_task: { ids: required(readIds) },
  heartbeat: {},
  shutdown: {},
  pool_grow: { n: required(readCount(1, MAX_PROCESSES)) },
  pool_shrink: { n: required(readCount(1, MAX_PROCESSES)) },
  pool_restart: {},
  autoscale: { max: required(readCount(1, MAX_PROCESSES)), min: required(readCount(0, MAX_PROCESSES)) },
  add_consumer: { queue: required(readQueue) },
  cancel_consumer: { queue: required(readText) },
  rate_limit: { task_name: required(readText), rate_limit: required(readRate) },
  time_limit: { task_name: required(readText), soft: required(readLimit), hard: required(readLimit) },
  revoke: { task_id: required(readIds), ...TERMINATION },
  revoke_by_stamped_headers: { headers: required(readStamps), ...TERMINATION },
  enable_events: {},
  disable_events: {},
};

/** Of two arguments of a command the first may not be more than the second. */
export const ORDERED_ARGUMENTS: Partial<Record<ControlMethod, readonly [string, string]>> = {
  autoscale: ["min", "max"],
  // Else the soft limit would never be met.
  time_limit: ["soft", "hard"],
};

function required(read: ArgumentReader): Argument {
  return { isRequired: true, read };
}

function optional(read: ArgumentReader): Argument {
  return { isRequired: false, read };
}
