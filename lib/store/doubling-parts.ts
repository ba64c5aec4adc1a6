const FIRST_SIZE = 2;

/** Tables two, four, eight … at a time, a statement each: most of what is asked for is in the first, so that few are asked. */
export function* doublingParts<Table>(
  tables: readonly Table[],
): Generator<readonly Table[], void, undefined> {
  for (let start = 0, size = FIRST_SIZE; start < tables.length; start += size, size *= 2) {
    yield tables.slice(start, start + size);
  }
}
