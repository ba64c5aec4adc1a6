import type { KwargsPatch } from "@/lib/celery/args/patch-kwargs";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { holdsHiddenValue } from "@/lib/celery/redact/holds-hidden-value";
import type { WireValue } from "@/lib/celery/wire-value";
import { AppError } from "@/lib/errors";
import type { StoredPatch } from "@/lib/store/batch-record";

/**
 * Task name → the patch of its kwargs. Throws AppError `bad_request` that names the field where a value isn't JSON or
 * stands for a hidden one, a name is named twice, or a patch changes nothing.
 */
export function readPatches(patches: readonly StoredPatch[]): ReadonlyMap<string, KwargsPatch> {
  const read = new Map<string, KwargsPatch>();
  for (const [index, patch] of patches.entries()) {
    const field = `patches.${index}`;
    if (read.has(patch.name)) {
      throw new AppError("bad_request", `${field}.name: there is one patch of ${patch.name} already`);
    }
    read.set(patch.name, readPatch(patch, field));
  }
  return read;
}

/** One patch, read as `readPatches` does; `field` is what its errors are said of. */
export function readPatch({ set, rename, remove }: Omit<StoredPatch, "name">, field: string): KwargsPatch {
  const patch = {
    set: new Map(Object.entries(set).map(([name, text]) => [name, readValue(text, `${field}.set.${name}`)])),
    rename: new Map(Object.entries(rename)),
    remove: new Set(remove),
  };
  const names = [...patch.set.keys(), ...[...patch.rename].flat(), ...remove];
  if (names.length === 0) throw new AppError("bad_request", `${field}: sets, renames and removes nothing`);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new AppError("bad_request", `${field}: names the kwarg ${twice} twice; name each once`);
  }
  return patch;
}

function readValue(text: string, field: string): WireValue {
  const read = parseWireJson(text);
  if (!read.ok) throw new AppError("bad_request", `${field}: ${read.reason} at character ${read.position}`);
  if (holdsHiddenValue(new Map([["value", read.value]]))) {
    throw new AppError(
      "bad_request",
      `${field}: holds "***", which only stands for a hidden value; write the value`,
    );
  }
  return read.value;
}
