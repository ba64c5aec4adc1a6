import { readPythonLiteral } from "../literal/read-python-literal";
import { isWireArray, isWireObject, type WireArray, type WireObject, type WireValue } from "../wire-value";
import { lossyArgs, type ReadArgs } from "./read-args";

/** Args from a saferepr text: a tuple's, or a list's where the caller sent a list. */
export function readReprArgs(text: string): ReadArgs<WireArray> {
  return readRepr(text, ["tuple", "list"], (value) => (isWireArray(value) ? value : null));
}

/** Kwargs from a saferepr text. */
export function readReprKwargs(text: string): ReadArgs<WireObject> {
  return readRepr(text, ["dict"], (value) => (isWireObject(value) ? value : null));
}

function readRepr<V extends WireArray | WireObject>(
  text: string,
  roots: readonly string[],
  narrow: (value: WireValue) => V | null,
): ReadArgs<V> {
  const literal = readPythonLiteral(text);
  if (!literal.ok) return lossyArgs(text, literal.reason, literal.position);
  // A lone Decimal is an object in kombu's form, so what the text began with counts, not the shape of the value.
  const value = roots.includes(literal.value.root) ? narrow(literal.value.value) : null;
  if (value === null) return lossyArgs(text, `not a ${roots.join(" or ")}`, 0);
  return { class: literal.value.typed ? "typed" : "safe", value, text, reason: null, position: null };
}
