import { z } from "zod";
import { AppError } from "@/lib/errors";
import { RESULT_SORTS, type ResultCursor, type ResultSort } from "./results";

const part = z.string().nullable();
const cursorSchema = z.union([
  z.tuple([z.enum(RESULT_SORTS), part, z.string()]),
  z.tuple([z.enum(RESULT_SORTS), part, z.string(), part, part]),
  z.tuple([z.enum(RESULT_SORTS), part, z.string(), part, part, part, z.string()]),
]);

/** Writes a cursor as text for a URL. */
export function encodeResultCursor({ sort, value, rowId, slab }: ResultCursor): string {
  const dates = slab === undefined ? [] : [slab.since, slab.until];
  const start = slab?.start === undefined ? [] : [slab.start.value, slab.start.rowId];
  return Buffer.from(JSON.stringify([sort, value, rowId, ...dates, ...start])).toString("base64url");
}

/**
 * Reads a cursor back out of a URL. Throws AppError `bad_request` when the text is no cursor or belongs to a list in
 * another order.
 */
export function decodeResultCursor(text: string, sort: ResultSort): ResultCursor {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(text, "base64url").toString()));
  if (!parsed.success) {
    throw new AppError("bad_request", "cursor: is not one that this list gave; start again without it.");
  }
  const [cursorSort, value, rowId, since, until, startValue, startRowId] = parsed.data;
  if (cursorSort !== sort) {
    throw new AppError(
      "bad_request",
      `cursor: belongs to a list sorted by ${cursorSort}; start again without it.`,
    );
  }
  if (since === undefined || until === undefined) return { sort, value, rowId };
  if (startValue === undefined || startRowId === undefined) {
    return { sort, value, rowId, slab: { since, until } };
  }
  return { sort, value, rowId, slab: { since, until, start: { value: startValue, rowId: startRowId } } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
