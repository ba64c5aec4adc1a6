import { z } from "zod";
import { AppError } from "@/lib/errors";
import { RESULT_SORTS, type ResultCursor, type ResultSort } from "./results";

const cursorSchema = z.tuple([z.enum(RESULT_SORTS), z.string().nullable(), z.string()]);

/** Writes a cursor as text for a URL. */
export function encodeResultCursor({ sort, value, rowId }: ResultCursor): string {
  return Buffer.from(JSON.stringify([sort, value, rowId])).toString("base64url");
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
  const [cursorSort, value, rowId] = parsed.data;
  if (cursorSort !== sort) {
    throw new AppError(
      "bad_request",
      `cursor: belongs to a list sorted by ${cursorSort}; start again without it.`,
    );
  }
  return { sort, value, rowId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
