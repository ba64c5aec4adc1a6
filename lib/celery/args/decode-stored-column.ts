import type { ArgsClass } from "../args-class";
import { parseWireJson } from "../json/parse-wire-json";
import { writeWireJson } from "../json/write-wire-json";
import { convertPickle } from "../pickle/convert-pickle";
import type { PickleValue } from "../pickle/pickle-value";
import { readPickle } from "../pickle/read-pickle";
import type { WireValue } from "../wire-value";
import { decodeBase64 } from "./decode-base64";

/** How a row of django-celery-results says that its text columns are encoded (celery-wire E.1). */
export interface StoredEncoding {
  readonly contentType: string;
  readonly contentEncoding: string;
}

/** What an args or kwargs column holds, before its text is read as a Python literal. */
export type StoredColumn =
  | { readonly kind: "nothing" }
  /** The values themselves. */
  | {
      readonly kind: "value";
      readonly value: WireValue;
      readonly class: Extract<ArgsClass, "exact" | "safe" | "typed">;
      readonly text: string;
    }
  /** A repr. `bare`: django-celery-results 1.x stored it without JSON around it, and by one of two writers. */
  | { readonly kind: "repr"; readonly text: string; readonly bare: boolean }
  | { readonly kind: "unreadable"; readonly text: string; readonly reason: string };

/** Decodes one column in every form of celery-wire E.3. Never throws. */
export function decodeStoredColumn(column: string | null, encoding: StoredEncoding): StoredColumn {
  if (column === null || column === "") return NOTHING;
  if (encoding.contentType === JSON_TYPE) return decodeJson(column);
  if (encoding.contentType === YAML_TYPE) return decodeYaml(column);
  // Release 1.x wrote the bare repr whatever the content type was: brackets and quotes are outside base64.
  if (BARE_REPR.test(column)) return { kind: "repr", text: column, bare: true };
  if (encoding.contentType === PICKLE_TYPE) return decodePickle(column);
  return unreadable(column, `content type ${encoding.contentType} can't be read`);
}

const JSON_TYPE = "application/json";
const YAML_TYPE = "application/x-yaml";
const PICKLE_TYPE = "application/x-python-serialize";
const NOTHING: StoredColumn = { kind: "nothing" };
const BARE_REPR = /^[([{]/;

function decodeJson(column: string): StoredColumn {
  const json = parseWireJson(column);
  if (json.ok) return fromValue(json.value, "exact");
  if (!column.startsWith('"')) return { kind: "repr", text: column, bare: true };
  return unreadable(decodeCutString(column) ?? column, "the stored text ends early: the database cut it");
}

/** 2.0.x stores `null` for "not known", and an empty argsrepr header is stored as an empty string. */
function fromValue(value: WireValue, argsClass: "exact" | "safe" | "typed"): StoredColumn {
  if (value === null || value === "") return NOTHING;
  if (typeof value === "string") return { kind: "repr", text: value, bare: false };
  return { kind: "value", value, class: argsClass, text: writeWireJson(value) };
}

/** A JSON string that lost its end, as MySQL does to texts beyond 64 KB: what is left of it, or null. */
function decodeCutString(column: string): string | null {
  for (const start of [column, column.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, "")]) {
    const json = parseWireJson(`${start}"`);
    if (json.ok && typeof json.value === "string") return json.value;
  }
  return null;
}

/** A JSON string is the same string in YAML; of nothing else is that certain (YAML reads `1e5` as text). */
function decodeYaml(column: string): StoredColumn {
  const json = parseWireJson(column);
  if (json.ok && typeof json.value === "string") return fromValue(json.value, "exact");
  return unreadable(column, `content type ${YAML_TYPE} can't be read`);
}

function decodePickle(column: string): StoredColumn {
  const bytes = decodeBase64(column);
  if (bytes === null) return unreadable(column, `content type ${PICKLE_TYPE}, but the text is not base64`);
  const pickle = readPickle(bytes);
  if (!pickle.ok) return unreadable(column, `content type ${PICKLE_TYPE}: ${pickle.reason}`);
  return fromPickle(pickle.value, column);
}

function fromPickle(pickle: PickleValue, column: string): StoredColumn {
  const converted = convertPickle(pickle);
  if (!converted.ok) return unreadable(column, `content type ${PICKLE_TYPE}: ${converted.reason}`);
  return fromValue(converted.value.value, converted.value.class);
}

function unreadable(text: string, reason: string): StoredColumn {
  return { kind: "unreadable", text, reason };
}
