import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Where a page ended, as opaque text. */
export function writeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Reads what `writeCursor` wrote; throws AppError `bad_request` when `schema` takes it for something else. */
export function readCursor<T extends z.ZodType>(cursor: string, schema: T): z.infer<T> {
  const parsed = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(Buffer.from(text, "base64url").toString()) as unknown;
      } catch {
        context.addIssue("not a cursor");
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new AppError("bad_request", "cursor: takes the nextCursor of an earlier page of the same list");
}
