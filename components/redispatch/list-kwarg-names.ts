import { readWrittenLiteral } from "@/lib/celery/literal/read-written-literal";
import { isWireObject } from "@/lib/celery/wire-value";

/** The names in some kwargs (JSON or Python literals), each once; texts that can't be read have none. */
export function listKwargNames(kwargs: readonly string[]): string[] {
  const names = kwargs.flatMap((text) => {
    const read = readWrittenLiteral(text);
    return read.ok && isWireObject(read.value) ? [...read.value.keys()] : [];
  });
  return [...new Set(names)];
}
