import { z } from "zod";
import { ARGS_CLASSES } from "@/lib/celery/args-class";
import { errorSchema, pageQuerySchema, pageSchema } from "./common";
import { BLOCK_REASONS, previewSchema } from "./redispatches";

/** How far a preview is: lines of it are sent to who accepts application/x-ndjson, before the preview or an error. */
export const previewLineSchema = z.union([
  z.object({ progress: z.object({ total: z.number().int(), ready: z.number().int() }) }),
  z.object({ preview: previewSchema }),
  errorSchema,
]);
export type PreviewProgress = { total: number; ready: number };

/** One task of a preview, for a person who repairs its args. Texts are as stored, secrets hidden. */
export const previewTaskSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  queue: z.string().nullable(),
  /** Why it isn't sent as it is; null when it is. */
  reason: z.enum(BLOCK_REASONS).nullable(),
  args: z.string().nullable(),
  kwargs: z.string().nullable(),
  argsClass: z.enum(ARGS_CLASSES),
  /** Why args or kwargs are not exact, in words; null when they are. */
  argsReason: z.string().nullable(),
});
export type PreviewTask = z.infer<typeof previewTaskSchema>;

/** Which of a preview's blocked tasks. */
export const blockedTasksQuerySchema = pageQuerySchema.extend({ reason: z.enum(BLOCK_REASONS) });

export const blockedTaskPageSchema = pageSchema(
  z.object({ id: z.string(), name: z.string().nullable(), queue: z.string().nullable() }),
);
