import { hasNeverRun } from "../never-ran";
import { isWireArray, isWireObject, type WireArray, type WireObject, type WireValue } from "../wire-value";
import { decodeStoredColumn, type StoredEncoding } from "./decode-stored-column";
import { lossyArgs, type ReadArgs } from "./read-args";
import { readReprArgs, readReprKwargs } from "./read-repr-args";

/** What the row says beside the column itself. */
interface StoredRow extends StoredEncoding {
  readonly status?: string;
  readonly worker?: string | null;
}

/**
 * Reads the `task_args` column of django-celery-results, whatever release and serialiser wrote it (celery-wire E.3).
 * `column` must be the whole column: of one that a query cut, the class would be wrong. Never throws.
 */
export function readStoredArgs(column: string | null, row: StoredRow): ReadArgs<WireArray> {
  const narrow = (value: WireValue) => (isWireArray(value) ? value : null);
  const read = readStored(column, row, { readRepr: readReprArgs, narrow, shape: "a list" });
  const { status, worker } = row;
  if (read.text === null || !hasNeverRun({ state: status, worker, args: column })) return read;
  return lossyArgs(read.text, STEP_NOT_REACHED, null);
}

/** The same for the `task_kwargs` column. */
export function readStoredKwargs(column: string | null, encoding: StoredEncoding): ReadArgs<WireObject> {
  const narrow = (value: WireValue) => (isWireObject(value) ? value : null);
  return readStored(column, encoding, { readRepr: readReprKwargs, narrow, shape: "an object" });
}

interface Reading<V extends WireArray | WireObject> {
  readonly readRepr: (text: string) => ReadArgs<V>;
  readonly narrow: (value: WireValue) => V | null;
  readonly shape: string;
}

function readStored<V extends WireArray | WireObject>(
  column: string | null,
  encoding: StoredEncoding,
  { readRepr, narrow, shape }: Reading<V>,
): ReadArgs<V> {
  const stored = decodeStoredColumn(column, encoding);
  switch (stored.kind) {
    case "nothing":
      return { class: "unknown", value: null, text: null, reason: NOT_STORED, position: null };
    case "unreadable":
      return lossyArgs(stored.text, stored.reason, null);
    case "repr": {
      const backslash = stored.bare ? stored.text.indexOf("\\") : -1;
      return backslash < 0 ? readRepr(stored.text) : lossyArgs(stored.text, TWO_WRITERS, backslash);
    }
    case "value": {
      const value = narrow(stored.value);
      if (value === null) return lossyArgs(stored.text, `the stored value is not ${shape}`, null);
      return { class: stored.class, value, text: stored.text, reason: null, position: null };
    }
  }
}

const STEP_NOT_REACHED =
  "it never ran, because a step before it in its chain or chord failed: its args lack that step's result";
const NOT_STORED = "not stored: result_extended is off, or the message had none";
/** Release 1.x stored `str()` of the list, where a backslash escapes, or the repr of Celery, where it doesn't (E.3). */
const TWO_WRITERS = "a backslash, which this release of django-celery-results stores in two ways";
