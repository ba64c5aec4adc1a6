import type { Patch } from "@/lib/api/schemas/kwargs-patches";
import { readArgsText } from "./read-args-text";

export type PatchAction = "set" | "rename" | "remove";

/** One change of a kwarg as a person writes it. */
export interface PatchRow {
  /** Of the row, not of the kwarg. */
  key: number;
  action: PatchAction;
  name: string;
  /** Of `set` the value as JSON or Python literal, of `rename` the new name. */
  text: string;
}

export interface BuiltPatch {
  /** Null while nothing is changed, or something can't be read. */
  patch: Patch | null;
  /** Row key → what is wrong with it. Rows that nobody has filled in yet are not wrong. */
  errors: ReadonlyMap<number, string>;
}

/** The patch of one task name that the rows come to. */
export function buildPatch(taskName: string, rows: readonly PatchRow[]): BuiltPatch {
  const errors = new Map<number, string>();
  const patch: Patch = { name: taskName, set: {}, rename: {}, remove: [] };
  const named = new Set<string>();
  const written = rows.filter((row) => !isBlank(row));
  for (const row of written) {
    const error = findError(row, named);
    for (const name of namesOf(row)) named.add(name);
    if (error !== null) errors.set(row.key, error);
    else addRow(patch, row);
  }
  return { patch: written.length === 0 || errors.size > 0 ? null : patch, errors };
}

/** The rows of a patch, for a person who changes it once more. */
export function toPatchRows({ set, rename, remove }: Patch): PatchRow[] {
  const rows: Omit<PatchRow, "key">[] = [
    ...Object.entries(set).map(([name, text]) => ({ action: "set" as const, name, text })),
    ...Object.entries(rename).map(([name, text]) => ({ action: "rename" as const, name, text })),
    ...remove.map((name) => ({ action: "remove" as const, name, text: "" })),
  ];
  return rows.map((row, key) => ({ ...row, key }));
}

function isBlank({ name, text }: PatchRow): boolean {
  return name.trim() === "" && text.trim() === "";
}

function namesOf({ action, name, text }: PatchRow): string[] {
  const names = action === "rename" ? [name.trim(), text.trim()] : [name.trim()];
  return names.filter((one) => one !== "");
}

function findError(row: PatchRow, named: ReadonlySet<string>): string | null {
  const name = row.name.trim();
  if (name === "") return "Which kwarg?";
  const text = row.text.trim();
  const twice = namesOf(row).find((one) => named.has(one));
  if (twice !== undefined) return `${twice} is changed above already`;
  if (row.action === "remove") return null;
  if (row.action === "rename") {
    if (text === "") return "Which new name?";
    return text === name ? "It has this name already" : null;
  }
  if (text === "") return 'Which value? Text goes in quotes: "EUR"';
  const read = readArgsText(row.text);
  return read.ok ? null : `${read.reason}, at character ${read.position + 1}`;
}

function addRow(patch: Patch, row: PatchRow): void {
  const name = row.name.trim();
  if (row.action === "remove") patch.remove.push(name);
  else if (row.action === "rename") patch.rename[name] = row.text.trim();
  else {
    const read = readArgsText(row.text);
    if (read.ok) patch.set[name] = read.json;
  }
}
