import { isTimeout } from "../database/describe-failure";
import type { ResultFilter } from "../results";
import { FIELD_COLUMNS, type IndexedField } from "../sql/filter-sql";
import type { ResultReader } from "./result-reader";

/** So many rows are read and sorted in a moment, wherever in the table they are. */
const FEW_ROWS = 5_000;
const LIMIT_MS = 100;

// The keys of an object that is written out are its own.
const FIELDS = Object.keys(FIELD_COLUMNS) as IndexedField[];

/** A field of the filter that selects few rows, so that its index finds them all; null where none does. */
export async function findRareField(
  reader: ResultReader,
  filter: ResultFilter,
): Promise<IndexedField | null> {
  for (const field of FIELDS) {
    if (!filter[field]?.length) continue;
    // A pattern is compared with each entry of the index.
    if (field === "names" && filter.names?.some((name) => name.includes("*"))) continue;
    try {
      if ((await reader.countField(filter, field, FEW_ROWS, LIMIT_MS)) <= FEW_ROWS) return field;
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
  }
  return null;
}
