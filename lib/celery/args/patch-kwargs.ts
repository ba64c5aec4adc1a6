import { writeWireJson } from "../json/write-wire-json";
import type { WireObject, WireValue } from "../wire-value";

/** A change of kwargs by name. No name stands in it twice, so the order of its parts doesn't matter. */
export interface KwargsPatch {
  readonly set: ReadonlyMap<string, WireValue>;
  /** Old name → new name. */
  readonly rename: ReadonlyMap<string, string>;
  readonly remove: ReadonlySet<string>;
}

/** Kwargs after a patch; or, where it would overwrite a value that it doesn't name, the name that is taken. */
export type PatchedKwargs =
  | { readonly ok: true; readonly kwargs: WireObject; readonly isChanged: boolean }
  | { readonly ok: false; readonly taken: string };

/**
 * Applies a patch: what it doesn't name stays as it is, in its place. To rename or remove what isn't there changes
 * nothing. A number set to another spelling of itself (1 and 1.0) is a change.
 */
export function patchKwargs(kwargs: WireObject, { set, rename, remove }: KwargsPatch): PatchedKwargs {
  const patched = new Map<string, WireValue>();
  let isChanged = false;
  for (const [name, value] of kwargs) {
    const newName = rename.get(name);
    if (newName !== undefined && kwargs.has(newName)) return { ok: false, taken: newName };
    if (remove.has(name)) {
      isChanged = true;
      continue;
    }
    // null is a value: only has() tells whether one is set.
    const newValue = set.has(name) ? (set.get(name) ?? null) : value;
    if (newName !== undefined || !isSame(newValue, value)) isChanged = true;
    patched.set(newName ?? name, newValue);
  }
  for (const [name, value] of set) {
    if (patched.has(name)) continue;
    patched.set(name, value);
    isChanged = true;
  }
  return { ok: true, kwargs: patched, isChanged };
}

function isSame(one: WireValue, other: WireValue): boolean {
  return one === other || writeWireJson(one) === writeWireJson(other);
}
