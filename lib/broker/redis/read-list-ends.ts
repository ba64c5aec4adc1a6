import type { Redis } from "ioredis";
import { runPipeline } from "./run-pipeline";

/** How far from the head the last look's newest message is searched for: Redis compares this many messages at most, in about 3 ms. */
export const SEARCH_REACH = 20_000;

/** What one look at a list of messages reads. */
export interface ListEnds {
  readonly length: number;
  readonly newest: string | null;
  readonly oldest: string | null;
  /** Index of the mark. */
  readonly place: number | null;
}

/** In one transaction, since the numbers of messages follow from length and place together. */
export async function readListEnds(client: Redis, key: string, mark: string | null): Promise<ListEnds> {
  const transaction = client.multi().llen(key).lindex(key, 0).lindex(key, -1);
  if (mark !== null) transaction.lpos(key, mark, "MAXLEN", SEARCH_REACH);
  const [length, newest, oldest, place] = await runPipeline(transaction);
  return {
    length: typeof length === "number" ? length : 0,
    newest: typeof newest === "string" ? newest : null,
    oldest: typeof oldest === "string" ? oldest : null,
    place: typeof place === "number" ? place : null,
  };
}
