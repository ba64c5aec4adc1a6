import { z } from "zod";

/** A setting in force. */
const settingSchema = z.object({
  /** As in the environment. */
  name: z.string(),
  /** As text, secrets masked; null: none. */
  value: z.string().nullable(),
  /** Whether nobody set it. */
  isDefault: z.boolean(),
});
export type Setting = z.infer<typeof settingSchema>;

export const settingListSchema = z.object({ items: z.array(settingSchema) });
