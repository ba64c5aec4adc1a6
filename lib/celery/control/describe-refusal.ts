/** Python's repr of an exception with one argument, a text: `ValueError("Can't …")`. */
const RAISED = /^([A-Za-z_][\w.]*)\(((['"]).*\3),?\)$/s;
const ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gs;
const CONTROL_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
/** Their class says nothing that their words don't. */
const PLAIN = ["ValueError", "RuntimeError", "Exception"];

/**
 * A worker's refusal in its own words, as people read them: `ValueError("Can't shrink pool.")` is `Can't shrink pool.`,
 * `KeyError('nosuch')` is `KeyError: nosuch`. Anything else stays as it is. Never throws.
 */
export function describeRefusal(error: string): string {
  const [, type = "", literal = "", quote = ""] = RAISED.exec(error) ?? [];
  const inner = literal.slice(1, -1);
  const unescaped = inner.replace(/\\./gs, "");
  if (inner === "" || unescaped.includes(quote) || unescaped.includes("\\")) return error;
  const message = inner.replace(ESCAPE, readEscape);
  return PLAIN.includes(type) ? message : `${type}: ${message}`;
}

function readEscape(sequence: string, ...groups: (string | undefined)[]): string {
  const [byte, unit, point, character = ""] = groups;
  const code = Number.parseInt(byte ?? unit ?? point ?? "", 16);
  if (Number.isNaN(code)) return CONTROL_ESCAPES[character] ?? character;
  return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
}
