import { type ErrorFingerprint, fingerprintError } from "@/lib/celery/error/fingerprint-error";
import { readExceptionText } from "@/lib/celery/error/read-exception-text";
import { readStoredError } from "@/lib/celery/error/read-stored-error";
import { stateOf, type TaskEvidence } from "./task-evidence";

const MAX_REMEMBERED = 500;
const MAX_REMEMBERED_CHARS = 1_000;

/** What an error that nobody stored is known by. */
const UNKNOWN = fingerprintError({ type: null, module: null, message: "" });

/** Reads the errors of many tasks; in an outage most have the same text, which is read once. */
export class ErrorReader {
  readonly #remembered = new Map<string, ErrorFingerprint>();

  /** The kind of error that the task ended with, by its row, else by its events; null for one that has no error. */
  read(evidence: TaskEvidence): ErrorFingerprint | null {
    const state = stateOf(evidence);
    if (state === null || state === "SUCCESS" || state === "STARTED") return null;
    const text = evidence.row?.error ?? evidence.record?.exception ?? null;
    if (text === null || text.length > MAX_REMEMBERED_CHARS) return readError(evidence);
    const known = this.#remembered.get(text);
    if (known !== undefined) return known;
    const error = readError(evidence);
    if (this.#remembered.size < MAX_REMEMBERED) this.#remembered.set(text, error);
    return error;
  }
}

function readError({ row, record }: TaskEvidence): ErrorFingerprint {
  const stored = row && readStoredError(row.error, row);
  if (stored) return fingerprintError(stored);
  return record?.exception ? fingerprintError(readExceptionText(record.exception)) : UNKNOWN;
}
