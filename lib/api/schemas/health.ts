import { z } from "zod";
import { instantSchema } from "./common";

const connectionSchema = z.object({
  connected: z.boolean(),
  url: z.string(),
  since: instantSchema,
  error: z.string().nullable(),
});

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  broker: connectionSchema,
  results: connectionSchema.nullable(),
  store: connectionSchema,
  collector: z.object({
    active: z.boolean(),
    lastEventAt: instantSchema.nullable(),
    eventsPerSecond: z.number(),
    malformedEvents: z.number().int(),
    /** Event messages that came faster than they could be stored, or that did not fit into the broker's queue any more. */
    droppedEvents: z.number().int(),
    /** Whether there were more of them than could be counted. */
    isDroppedMinimum: z.boolean(),
    /** Since when the two are counted: the start of the collector. */
    startedAt: instantSchema.nullable(),
    lagSeconds: z.number().nullable(),
  }),
  /** What the person may do here, so that pages need no second request. */
  readOnly: z.boolean(),
  /** Whether a password is set, so that there is a session to end. */
  hasLogin: z.boolean(),
  version: z.string(),
});
export type Health = z.infer<typeof healthSchema>;
