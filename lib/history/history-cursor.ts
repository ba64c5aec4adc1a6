import { z } from "zod";
import { AppError } from "@/lib/errors";
import { decodeResultCursor, encodeResultCursor } from "@/lib/results/result-cursor";
import type { ResultCursor } from "@/lib/results/results";
import { STORED_TASK_SORTS, type StoredTaskCursor } from "@/lib/store/task-query";
import type { HistorySort } from "./task-history";

const storedCursorSchema = z.tuple([
  z.enum(STORED_TASK_SORTS),
  z.union([z.string(), z.number(), z.null()]),
  z.number().int(),
  z.string(),
]);

/** What a cursor of ours begins with: the source of its list. */
const RESULTS = "r";
const EVENTS = "e";

/** Before the first row of a list of the result table, whose page is the one after that of a task found by its id. */
export const START_CURSOR = "s";

/** Writes a cursor of the result table for a URL. */
export function writeResultsCursor(cursor: ResultCursor): string {
  return RESULTS + encodeResultCursor(cursor);
}

/** Writes a cursor of the store's tasks for a URL. */
export function writeEventsCursor({ sort, value, sortAt, id }: StoredTaskCursor): string {
  return EVENTS + Buffer.from(JSON.stringify([sort, value, sortAt, id])).toString("base64url");
}

/** Reads writeResultsCursor's text. Throws AppError `bad_request` for any other, or one of another order. */
export function readResultsCursor(text: string, sort: HistorySort): ResultCursor {
  if (!text.startsWith(RESULTS)) throw notOfThisList();
  return decodeResultCursor(text.slice(1), sort);
}

/** Reads writeEventsCursor's text. Throws AppError `bad_request` for any other, or one of another order. */
export function readEventsCursor(text: string, sort: HistorySort): StoredTaskCursor {
  const parsed = storedCursorSchema.safeParse(text.startsWith(EVENTS) ? parseJson(text.slice(1)) : undefined);
  if (!parsed.success || parsed.data[0] !== sort) throw notOfThisList();
  const [, value, sortAt, id] = parsed.data;
  return { sort, value, sortAt, id };
}

function notOfThisList(): AppError {
  return new AppError("bad_request", "cursor: is not one that this list gave; start again without it.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
