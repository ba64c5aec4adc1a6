import { matchesName } from "@/lib/celery/matches-name";
import { isTimeout } from "../database/describe-failure";
import type { ResultCursor, ResultFilter, ResultPage, ResultRow } from "../results";
import type { ReadRequest, ResultReader } from "./result-reader";

/** With more names than this they are better sorted than asked for one by one. */
const MOST_NAMES = 2_000;

/**
 * A page in the order of names, which no index of Django's serves, made of a page of each name in turn: for that there
 * is one. Null where that takes too long.
 */
export async function listByName(
  reader: ResultReader,
  filter: ResultFilter,
  { limit, after, deadline, ...choice }: Omit<ReadRequest, "limitMs"> & { readonly deadline: number },
): Promise<ResultPage | null> {
  const rows: ResultRow[] = [];
  const cursors: ResultCursor[] = [];
  const names = await listNamesFrom(reader, filter, after);
  if (names === null) return null;
  for (const name of names) {
    const limitMs = deadline - performance.now();
    if (limitMs <= 0) return null;
    const isFirst = after !== null && after.value === name;
    try {
      const page = await reader.listOneName({ ...filter, names: undefined }, name, {
        ...{ ...choice, limit: limit - rows.length, limitMs },
        after: isFirst ? after : null,
      });
      rows.push(...page.rows);
      cursors.push(...page.cursors);
      if (page.next !== null) return { rows, cursors, next: page.next };
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return null;
    }
    // Whether anything comes after it is not known; an empty page then says that nothing does.
    if (rows.length === limit)
      return { rows, cursors, next: name === null ? null : (cursors.at(-1) ?? null) };
  }
  return { rows, cursors, next: null };
}

/** The names that the filter takes, in their order from the cursor's on; null at the end stands for rows without one. */
async function listNamesFrom(
  reader: ResultReader,
  { names: patterns, unstored }: ResultFilter,
  after: ResultCursor | null,
): Promise<readonly (string | null)[] | null> {
  const stored = after?.value === null ? [] : await reader.listNames(MOST_NAMES + 1);
  if (stored.length > MOST_NAMES) return null;
  const from = after?.value ?? "";
  const taken = stored.filter(
    (name) =>
      (patterns === undefined || matchesName(name, patterns)) &&
      Buffer.compare(Buffer.from(name), Buffer.from(from)) >= 0,
  );
  return patterns === undefined || unstored ? [...taken, null] : taken;
}
