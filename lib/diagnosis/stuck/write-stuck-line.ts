import type { StuckTask } from "./stuck-task";

/** A stuck task as one line for people and scripts: reason, id, name, worker and what is the matter, parted by tabs. */
export function writeStuckLine({ reason, id, name, worker, detail }: StuckTask): string {
  return [reason, id, name ?? "-", worker ?? "-", detail].map(toField).join("\t");
}

/** Ids and names come from anybody: a line break or an escape sequence in one must not make up another line. */
function toField(text: string): string {
  return text.replace(/\p{Cc}/gu, " ");
}
