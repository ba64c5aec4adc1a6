import { z } from "zod";

const kwargNameSchema = z.string().min(1).max(255);
/** A change of the kwargs of all tasks of one name whose kwargs can be read. */
export const patchSchema = z.object({
  name: z.string().min(1).max(255),
  /** Kwarg → its value as JSON text: numbers are sent as written. */
  set: z.record(kwargNameSchema, z.string().max(100_000)).default({}),
  /** Old name → new name. */
  rename: z.record(kwargNameSchema, kwargNameSchema).default({}),
  remove: z.array(kwargNameSchema).max(100).default([]),
});
export type Patch = z.infer<typeof patchSchema>;

/** What a patch would do to the ready tasks of its name. */
export const patchPreviewSchema = z.object({
  ready: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Ready tasks that it can't change, because they have a kwarg of the new name already: they won't be sent. */
  conflicts: z.array(
    z.object({ taken: z.string(), count: z.number().int(), exampleIds: z.array(z.string()) }),
  ),
  /** Tasks that have changed since the preview: they won't be sent. */
  stale: z.number().int(),
  /** Kwargs of up to five of those that it changes, as JSON. */
  examples: z.array(z.object({ id: z.string(), before: z.string(), after: z.string() })),
});
export type PatchPreview = z.infer<typeof patchPreviewSchema>;
