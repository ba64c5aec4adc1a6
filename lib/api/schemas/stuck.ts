import { z } from "zod";
import { instantSchema, pageSchema } from "./common";

/** Why a task counts as stuck. */
const STUCK_REASONS = [
  "reserved-long",
  "over-time-limit",
  "slower-than-usual",
  "worker-gone",
  "redelivered",
] as const;

/** What helps: `redispatch` only for a task that has ended or was lost with its worker. */
const STUCK_REMEDIES = ["revoke", "terminate", "redispatch"] as const;

export const stuckQuerySchema = z.object({
  /** Reserved for longer than this counts as stuck. */
  seconds: z.coerce.number().int().min(1).max(2_592_000).default(300),
});

const stuckTaskSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  worker: z.string().nullable(),
  queue: z.string().nullable(),
  reason: z.enum(STUCK_REASONS),
  /** In words, with the figures: "Running for 12 min; 99 % of its kind end within 40 s.". */
  detail: z.string(),
  since: instantSchema.nullable(),
  forSeconds: z.number().nullable(),
  remedy: z.enum(STUCK_REMEDIES),
});
export type StuckTask = z.infer<typeof stuckTaskSchema>;

/** Everything that is stuck, the longest first; `notes` say what could not be looked at, and why. */
export const stuckPageSchema = pageSchema(stuckTaskSchema).extend({ notes: z.array(z.string()) });
export type StuckPage = z.infer<typeof stuckPageSchema>;

/** Why a task waits. */
const WAITING_REASONS = [
  "no-consumer",
  "slots-busy",
  "eta",
  "rate-limited",
  "reserved-behind",
  "unregistered",
  "worker-frozen",
  "worker-gone",
  "queued-behind",
] as const;

/** `[]`: it waits for nothing known, or does not wait at all. */
export const waitingSchema = z.object({
  reasons: z.array(z.object({ reason: z.enum(WAITING_REASONS), detail: z.string() })),
});
export type WaitingReason = (typeof WAITING_REASONS)[number];
