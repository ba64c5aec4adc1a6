import type { TaskFacts } from "@/lib/store/task-facts";

/** Says whether what the events told of a task holds `text`; A–Z match a–z. */
export function recordHolds(
  record: Pick<TaskFacts, "args" | "kwargs" | "result" | "exception">,
  text: string,
): boolean {
  const wanted = foldAscii(text);
  return [record.args, record.kwargs, record.result, record.exception].some(
    (field) => field !== null && foldAscii(field).includes(wanted),
  );
}

/** Only A–Z, as the result table and the store compare. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
