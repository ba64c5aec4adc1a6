import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { isWireObject } from "@/lib/celery/wire-value";

/** The names in some kwargs (JSON texts), each once; texts that can't be read have none. */
export function listKwargNames(kwargs: readonly string[]): string[] {
  const names = kwargs.flatMap((text) => {
    const read = parseWireJson(text);
    return read.ok && isWireObject(read.value) ? [...read.value.keys()] : [];
  });
  return [...new Set(names)];
}
