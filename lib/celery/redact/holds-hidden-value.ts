import { isWireArray, isWireObject, type WireValue } from "../wire-value";
import { HIDDEN } from "./secret-names";

/**
 * Whether a value that a person wrote holds, under any key, what `redactValue` puts in a secret's place: copied from
 * the screen, it would be sent as if it were the secret.
 */
export function holdsHiddenValue(value: WireValue): boolean {
  if (isWireArray(value)) return value.some(holdsHiddenValue);
  if (!isWireObject(value)) return false;
  return [...value.values()].some((item) => item === HIDDEN || holdsHiddenValue(item));
}
