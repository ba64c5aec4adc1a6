export interface ConfEntry {
  key: string;
  /** Readable: a text as it is, anything else as JSON. */
  value: string;
}

/** The settings in a worker's `conf`, by name; those in whose name or value `text` occurs. Null where it is no object. */
export function listConfEntries(conf: unknown, text: string): ConfEntry[] | null {
  if (typeof conf !== "object" || conf === null || Array.isArray(conf)) return null;
  const sought = text.trim().toLowerCase();
  return Object.entries(conf)
    .map(([key, value]) => ({ key, value: writeValue(value) }))
    .filter(({ key, value }) => `${key}\n${value}`.toLowerCase().includes(sought))
    .toSorted((a, b) => a.key.localeCompare(b.key));
}

function writeValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
