import { parseWireJson } from "../json/parse-wire-json";
import { writeWireJson } from "../json/write-wire-json";
import { type LiteralEntry, readPythonLiteral } from "../literal/read-python-literal";
import { isWireArray, isWireObject, type WireObject, type WireValue } from "../wire-value";
import { hideNamedValues } from "./hide-named-values";
import { createNamePattern, foldCase, HIDDEN, isSecretName } from "./secret-names";

/**
 * A copy for people's eyes: the value of every key that contains one of the names (any case, any depth) is `***`, and
 * strings are redacted as text. The same object when nothing is hidden. Never send it: it is not the task's value.
 */
export function redactValue(value: WireValue, names: readonly string[]): WireValue {
  if (typeof value === "string") return redactText(value, names);
  if (isWireArray(value)) {
    const items = value.map((item) => redactValue(item, names));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  return isWireObject(value) ? redactObject(value, names) : value;
}

/**
 * Hides, in the text of args, kwargs, a result or an exception, the value of every dict key or keyword that contains
 * one of the names (any case): `{'db_password': '***'}`, `connect(token='***')`. JSON and whole reprs are read, so
 * their keys are found for certain. In anything else (cut, ambiguous, prose) `name: value` and `name=value` are
 * looked for, and when the end of such a value can't be known all the rest of the text goes. What no name stands
 * before is shown, such as a password that is a positional argument. For tracebacks take `redactTraceback`.
 */
export function redactText(text: string, names: readonly string[]): string {
  const pattern = createNamePattern(names);
  // A JSON escape may spell a letter of a name.
  if (pattern === null || !(pattern.test(foldCase(text)) || text.includes("\\u"))) return text;
  return redactJson(text, names) ?? hideNamedValues(redactLiteral(text, names), names);
}

function redactObject(entries: WireObject, names: readonly string[]): WireObject {
  let changed = false;
  const redacted = new Map<string, WireValue>();
  for (const [key, value] of entries) {
    const shown = isSecretName(key, names) ? HIDDEN : redactValue(value, names);
    if (shown !== value) changed = true;
    redacted.set(key, shown);
  }
  return changed ? redacted : entries;
}

function redactJson(text: string, names: readonly string[]): string | null {
  if (!/^\s*["[{]/.test(text)) return null;
  const json = parseWireJson(text);
  if (!json.ok) return null;
  const redacted = redactValue(json.value, names);
  return redacted === json.value ? text : writeWireJson(redacted);
}

/** Hides the entries of a repr that reads as a literal; of a lossy one those before the place where reading fails. */
function redactLiteral(text: string, names: readonly string[]): string {
  const secrets: LiteralEntry[] = [];
  readPythonLiteral(text, (entry) => {
    if (isSecretName(entry.key, names)) secrets.push(entry);
  });
  let redacted = "";
  let shownTo = 0;
  for (const { start, end } of secrets.sort((a, b) => a.start - b.start)) {
    // An inner secret of a hidden dict is hidden with it.
    if (start < shownTo) continue;
    redacted += `${text.slice(shownTo, start)}'${HIDDEN}'`;
    shownTo = end;
  }
  return redacted + text.slice(shownTo);
}
