import { z } from "zod";

/** ISO 8601, UTC, milliseconds and `Z`. */
export const instantSchema = z.iso.datetime({ precision: 3 });

export const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Query parameters of every keyset-paged list. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional(),
});

/** The answer of every keyset-paged list. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
