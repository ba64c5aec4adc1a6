/** A result may be of any size; no more than this of them are held at a time, and none that is larger is read. */
const MAX_GROUP_BYTES = 8_000_000;
const MAX_GROUP_ENTRIES = 200;

/** Something to be read, and how many bytes that will be. */
interface SizedKey {
  readonly key: string;
  readonly bytes: number;
}

/** The keys in groups that can each be read at once; empty and oversized entries are left out. */
export function groupBySize(entries: Iterable<SizedKey>): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let left = 0;
  for (const { key, bytes } of entries) {
    if (bytes === 0 || bytes > MAX_GROUP_BYTES) continue;
    const group = groups.at(-1);
    if (group === undefined || bytes > left || group.length >= MAX_GROUP_ENTRIES) {
      groups.push([key]);
      left = MAX_GROUP_BYTES - bytes;
    } else {
      group.push(key);
      left -= bytes;
    }
  }
  return groups;
}
