import type { TaskFacts } from "@/lib/store/task-facts";

/** Says whether `name` matches one of `patterns`, where `*` stands for any run of characters. */
export function matchesName(name: string | null, patterns: readonly string[]): boolean {
  return name !== null && patterns.some((pattern) => matchesPattern(name, pattern));
}

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

/** Each part between stars is looked for after the one before it: linear, whatever the pattern. */
function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= name.length - last.length;
}

/** Only A–Z, as the result table and the store compare. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
