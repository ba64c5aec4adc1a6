import { z } from "zod";
import { TERMINATE_SIGNALS } from "@/lib/celery/control-message";
import { instantSchema, pageQuerySchema, pageSchema } from "./common";

/** More processes than any machine runs: a slip of the finger must not reach a worker. */
const MAX_PROCESSES = 1_000;
const MIN_LIMIT_SECONDS = 0.001;
const MAX_LIMIT_SECONDS = 31_536_000;
/** One in eleven days. */
const MIN_RATE = 1e-6;
const MAX_RATE = 1e9;

const nothing = z.strictObject({});
const processCount = z.number().int().min(1).max(MAX_PROCESSES);
const limitSeconds = z.number().min(MIN_LIMIT_SECONDS).max(MAX_LIMIT_SECONDS).nullable();
const queueName = z.string().min(1).max(255);
const taskName = z.string().min(1).max(255);

/** The commands of `POST /workers/{hostname}/{command}`, each with its body. */
export const WORKER_COMMANDS = {
  ping: nothing,
  report: nothing,
  shutdown: nothing,
  "pool-grow": z.strictObject({ n: processCount }),
  "pool-shrink": z.strictObject({ n: processCount }),
  "pool-restart": nothing,
  autoscale: z
    .strictObject({ min: z.number().int().min(0).max(MAX_PROCESSES), max: processCount })
    .refine(({ min, max }) => min <= max, { path: ["min"], message: "takes at most max" }),
  "add-consumer": z.strictObject({ queue: queueName }),
  "cancel-consumer": z.strictObject({ queue: queueName }),
  "rate-limit": z.strictObject({
    name: taskName,
    /** `"10/s"`, `"100/m"`, `"1.5/h"`, a number a second; 0 takes the limit away. */
    rate: z.union([
      z.string().regex(/^\d{1,9}(\.\d{1,6})?(\/[smh])?$/, 'takes a rate such as "10/m", or 0 for none'),
      z.literal(0),
      z.number().min(MIN_RATE).max(MAX_RATE),
    ]),
  }),
  "time-limit": z
    .strictObject({ name: taskName, soft: limitSeconds, hard: limitSeconds })
    .refine(({ soft, hard }) => soft === null || hard === null || soft <= hard, {
      path: ["soft"],
      message: "takes at most hard",
    }),
  "enable-events": nothing,
  "disable-events": nothing,
} as const satisfies Record<string, z.ZodType>;
export type WorkerCommand = keyof typeof WORKER_COMMANDS;
export type WorkerCommandBody<Command extends WorkerCommand> = z.input<(typeof WORKER_COMMANDS)[Command]>;

/**
 * What the worker answered, in its own words; null where Celery's workers answer nothing (`shutdown`). `note` is what these
 * words don't say and the person should know, in ours.
 */
export const commandAnswerSchema = z.object({ reply: z.string().nullable(), note: z.string().nullable() });
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;

export { TERMINATE_SIGNALS };

const termination = {
  terminate: z.boolean().default(false),
  signal: z.enum(TERMINATE_SIGNALS).default("TERM"),
};
export const revokeSchema = z.strictObject(termination);
/** Tasks are chosen by their stamps (Celery ≥ 5.3): stamp → value, or several of which one has to fit. */
export const revokeByHeadersSchema = z.strictObject({
  headers: z
    .record(
      z.string().min(1).max(255),
      z.union([z.string().min(1).max(1_000), z.array(z.string().min(1).max(1_000)).min(1).max(100)]),
    )
    .refine((headers) => Object.keys(headers).length > 0, "takes at least one stamp"),
  ...termination,
});

/**
 * `replies` has an entry for each worker: its own words, or why it has none (it did not answer; it is too old for the
 * command). `reply` is the one that says most.
 */
export const revokeAnswerSchema = z.object({
  reply: z.string(),
  replies: z.array(z.object({ hostname: z.string(), reply: z.string() })),
});
export type RevokeAnswer = z.infer<typeof revokeAnswerSchema>;

/** What somebody did to the cluster, and what came of it. */
const actionSchema = z.object({
  id: z.string(),
  at: instantSchema,
  actor: z.string(),
  /** Such as `pool-grow`, `revoke`, `purge`. */
  action: z.string(),
  /** A worker's name, a task's id, a queue. */
  target: z.string(),
  /** What was asked for, as JSON. */
  request: z.json(),
  /** In words: the worker's, or why it failed; null while it is under way. */
  result: z.string().nullable(),
  succeeded: z.boolean().nullable(),
});
/** `target` is exact. */
export const actionListQuerySchema = pageQuerySchema.extend({ target: z.string().max(1_000).optional() });
export const actionPageSchema = pageSchema(actionSchema);
export type Action = z.infer<typeof actionSchema>;
