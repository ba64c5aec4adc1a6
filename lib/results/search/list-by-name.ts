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
  const listed = await listNamesFrom(reader, filter, after);
  if (listed === null) return null;
  for (const name of listed.names) {
    const limitMs = deadline - performance.now();
    if (limitMs <= 0) return null;
    const isFirst = after !== null && after.value === name;
    try {
      const page = await reader.listOneName(
        { ...filter, names: undefined },
        { name, isAlike: listed.isAlike },
        {
          ...{ ...choice, by: "names", limit: limit - rows.length, limitMs },
          after: isFirst ? after : null,
        },
      );
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

interface NamesInTurn {
  /** Null at the end stands for rows without a name. */
  readonly names: readonly (string | null)[];
  /** Whether each stands for all that the column's collation takes for the same. */
  readonly isAlike: boolean;
}

/** The names that the filter takes, in their order from the cursor's on; null where they can't be told. */
async function listNamesFrom(
  reader: ResultReader,
  { names: patterns, unstored }: ResultFilter,
  after: ResultCursor | null,
): Promise<NamesInTurn | null> {
  const end = patterns === undefined || unstored ? [null] : [];
  if (after?.value === null) return { names: end, isAlike: false };
  const areExact = patterns?.every((pattern) => !pattern.includes("*")) ?? false;
  const { names, isExact } =
    areExact && patterns !== undefined
      ? { names: sortNames(new Set(patterns)), isExact: true }
      : await reader.listNames(MOST_NAMES + 1);
  if (names.length > MOST_NAMES || (patterns !== undefined && !isExact)) return null;
  const from = Buffer.from(after?.value ?? "");
  const taken = names.filter(
    (name) =>
      (patterns === undefined || matchesName(name, patterns)) && Buffer.compare(Buffer.from(name), from) >= 0,
  );
  return { names: [...taken, ...end], isAlike: !isExact };
}

function sortNames(names: Iterable<string>): readonly string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
