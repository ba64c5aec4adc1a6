import { type ErrorParts, fingerprintError } from "@/lib/celery/error/fingerprint-error";
import { readExceptionText } from "@/lib/celery/error/read-exception-text";
import { readStoredError } from "@/lib/celery/error/read-stored-error";
import { redactText } from "@/lib/celery/redact/redact";
import type { ResultRow } from "@/lib/results/results";
import type { EndedItem } from "@/lib/store/batch-outcomes";

/** Characters of a kind of error that are kept. */
const MOST_CHARACTERS = 500;

/** How a task in this state has ended; null when it hasn't. */
export function outcomeOf(state: string | null): EndedItem["outcome"] | null {
  if (state === "SUCCESS") return "succeeded";
  return state === "FAILURE" || state === "REVOKED" ? "failed" : null;
}

/** The kind of error that an event's text tells, the values of the names `redact` hidden; null for none. */
export function readEventError(exception: string | null, redact: readonly string[]): string | null {
  return exception === null ? null : describe(readExceptionText(exception), redact);
}

/** The same of a row that was read with its error. */
export function readRowError(row: ResultRow, redact: readonly string[]): string | null {
  const parts = readStoredError(row.error, row);
  return parts && describe(parts, redact);
}

/** The bare class and the message without its variable parts: the same by events and by rows. */
function describe(parts: ErrorParts, redact: readonly string[]): string {
  const { exceptionType, message: shown } = fingerprintError(parts);
  const message = redactText(shown, redact);
  const type = exceptionType?.slice(exceptionType.lastIndexOf(".") + 1) ?? "";
  const text = type === "" || message === "" ? `${type}${message}` : `${type}: ${message}`;
  return text.slice(0, MOST_CHARACTERS);
}
