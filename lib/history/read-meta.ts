import { decodeStoredColumn, type StoredEncoding } from "@/lib/celery/args/decode-stored-column";
import { isWireArray, isWireObject, type WireValue } from "@/lib/celery/wire-value";

/** Most children that are listed: a group may have any number. */
const MAX_CHILDREN = 1_000;

/** What the `meta` column says of a task's place in a workflow. */
export interface TaskMeta {
  /** Ids of the tasks that it started: of a group, those of its members. */
  readonly children: readonly string[];
  readonly groupId: string | null;
}

/**
 * Reads the `meta` column: `children` holds result tuples `[[id, parent], members]` (celery-wire.md E.5); a site's own
 * keys may be beside it. Never throws: what can't be read has no children.
 */
export function readMeta(meta: string | null, encoding: StoredEncoding): TaskMeta {
  const column = decodeStoredColumn(meta, encoding);
  const value = column.kind === "value" ? column.value : null;
  if (!isWireObject(value)) return { children: [], groupId: null };
  const groupId = value.get("group_id") ?? value.get("group");
  const children: string[] = [];
  collectChildren(value.get("children") ?? null, children);
  return { children, groupId: typeof groupId === "string" ? groupId : null };
}

function collectChildren(tuples: WireValue, into: string[]): void {
  if (!isWireArray(tuples)) return;
  for (const tuple of tuples) {
    if (into.length >= MAX_CHILDREN) return;
    if (!isWireArray(tuple)) continue;
    const [self, members] = tuple;
    // A group's tuple has members, each with the same form; only tasks are children that have a page.
    if (isWireArray(members ?? null)) collectMembers(members ?? null, into);
    else if (isWireArray(self ?? null)) pushId(self ?? null, into);
  }
}

function collectMembers(members: WireValue, into: string[]): void {
  if (!isWireArray(members)) return;
  for (const member of members) {
    if (into.length >= MAX_CHILDREN) return;
    if (isWireArray(member)) pushId(member[0] ?? null, into);
  }
}

function pushId(self: WireValue, into: string[]): void {
  const id = isWireArray(self) ? self[0] : null;
  if (typeof id === "string") into.push(id);
}
