import { formatExceptionMessage } from "../result/format-exception-message";
import { NumberText, type WireValue } from "../wire-value";
import type { ErrorParts } from "./fingerprint-error";

/**
 * The parts of an exception that events tell as text: its repr (`ValueError('no such order')`), or the last line of a
 * traceback (`shop.Declined: no such order`). Text of no such form is all message. For people and for grouping only.
 */
export function readExceptionText(exception: string): ErrorParts {
  const text = exception.slice(0, READ_CHARS);
  const [, reprName, inner = ""] = REPR.exec(text) ?? [];
  if (reprName !== undefined) {
    const { type, module } = splitName(reprName);
    return { type, module, message: readMessage(type, inner) };
  }
  const [, lineName, message = ""] = LINE.exec(text) ?? [];
  return lineName === undefined
    ? { type: null, module: null, message: text }
    : { ...splitName(lineName), message };
}

/** More than what tells errors apart. */
const READ_CHARS = 8_192;
const NAME = String.raw`[A-Za-z_][\w.]{0,250}`;
/** Without its closing bracket it was cut. */
const REPR = new RegExp(String.raw`^(${NAME})\(([\s\S]*?)\)?$`);
const LINE = new RegExp(String.raw`^(${NAME})(?:: ([\s\S]*))?$`);
/** An argument as nearly all exceptions have: a text, a number or a constant, and what comes after it. */
const ARGUMENT =
  /(?:'(?<single>(?:[^'\\]|\\[\s\S])*)'|"(?<double>(?:[^"\\]|\\[\s\S])*)"|(?<atom>-?\d[\d.e+-]*|None|True|False))(?:, ?|$)/y;
const MAX_ARGUMENTS = 16;

function splitName(name: string): { type: string; module: string | null } {
  const dot = name.lastIndexOf(".");
  return { type: name.slice(dot + 1), module: dot < 0 ? null : name.slice(0, dot) };
}

/** What `str()` of the exception gives, as far as its arguments can be read; else their text. */
function readMessage(type: string, inner: string): string {
  const values = readArguments(inner);
  return values === null ? inner : formatExceptionMessage(type, "builtins", values);
}

function readArguments(inner: string): readonly WireValue[] | null {
  const values: WireValue[] = [];
  ARGUMENT.lastIndex = 0;
  while (ARGUMENT.lastIndex < inner.length) {
    const { single, double, atom } = ARGUMENT.exec(inner)?.groups ?? {};
    const text = single ?? double;
    if (text !== undefined) values.push(readEscapes(text));
    else if (atom !== undefined) values.push(readAtom(atom));
    else return null;
    if (values.length > MAX_ARGUMENTS) return null;
  }
  return values;
}

function readAtom(atom: string): WireValue {
  if (atom === "None") return null;
  return atom === "True" || atom === "False" ? atom === "True" : new NumberText(atom);
}

function readEscapes(text: string): string {
  return text.replace(/\\([\\'"nrt])/g, (_, letter: string) => ESCAPES.get(letter) ?? letter);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
