import type { StoredEncoding } from "../args/decode-stored-column";
import { parseWireJson } from "../json/parse-wire-json";
import { describeStoredResult } from "../result/describe-stored-result";
import type { ErrorParts } from "./fingerprint-error";

/**
 * The exception in a `result` column of which at least the first `READ_RESULT_CHARS` characters are there; null when
 * it holds none. Of a longer one the class and the beginning of the message are read, and not the module, which comes
 * last. Never throws.
 */
export function readStoredError(result: string | null, encoding: StoredEncoding): ErrorParts | null {
  if (result === null) return null;
  return describeStoredResult(result, encoding) ?? readBeginning(result);
}

/** Enough for all that tells errors apart, and for the pickle of an ordinary one. */
export const READ_RESULT_CHARS = 8_192;

/** As Celery's JSON begins (celery-wire E.5): the class, then the args, of which the first is the message. */
const BEGINNING = /^\{"exc_type": ("(?:[^"\\]|\\.){1,300}"), "exc_message": \["((?:[^"\\]|\\.)*)/;

function readBeginning(result: string): ErrorParts | null {
  const [, type = "", message = ""] = BEGINNING.exec(result.slice(0, READ_RESULT_CHARS)) ?? [];
  const name = readText(type);
  if (name === null) return null;
  return { type: name, module: null, message: readText(`"${message}"`) ?? message };
}

function readText(json: string): string | null {
  const read = parseWireJson(json);
  return read.ok && typeof read.value === "string" ? read.value : null;
}
