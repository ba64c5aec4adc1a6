/** A run of a traceback's lines, newlines kept; the texts of all parts joined are the whole text. */
export interface TracebackPart {
  /** `header`: "Traceback (most recent…"; `stack`: its indented lines; `link`: how two exceptions relate. */
  readonly kind: "header" | "stack" | "message" | "cause" | "context" | "separator";
  readonly text: string;
  /** Its lines without line ends and without the margin that exception groups draw. */
  readonly lines: readonly string[];
}

/**
 * Cuts what Python's `traceback` module printed into its parts, by lines (CPython's Lib/traceback.py). Text of any
 * other kind is one message.
 */
export function splitTraceback(text: string): readonly TracebackPart[] {
  const hasMargin = text.includes(GROUP_HEADER);
  const parts: { kind: TracebackPart["kind"]; text: string; lines: string[] }[] = [];
  let current: TracebackPart["kind"] = "message";
  for (const raw of text.match(LINE) ?? []) {
    const bare = raw.replace(/\r?\n$/, "");
    const line = hasMargin ? bare.replace(GROUP_MARGIN, "") : bare;
    const kind = classifyLine(line, current);
    const last = parts.at(-1);
    if (last === undefined || kind !== current) parts.push({ kind, text: raw, lines: [line] });
    else {
      last.text += raw;
      last.lines.push(line);
    }
    current = kind;
  }
  return parts;
}

const LINE = /[^\n]*\n|[^\n]+$/g;
const GROUP_HEADER = "Exception Group Traceback (most recent call last):";
const GROUP_MARGIN = /^ {2,40}(?:\| |\+ (?=Exception Group Traceback)|(?:\+-)?(?=\+-{4,}))/;
const HEADER = /^(?:Exception Group )?Traceback \(most recent call last\):/;
const CAUSE = "The above exception was the direct cause of the following exception:";
const CONTEXT = "During handling of the above exception, another exception occurred:";
const GROUP_SEPARATOR = /^\+-{4,}/;

function classifyLine(line: string, current: TracebackPart["kind"]): TracebackPart["kind"] {
  if (HEADER.test(line)) return "header";
  if (line.startsWith(CAUSE)) return "cause";
  if (line.startsWith(CONTEXT)) return "context";
  if (GROUP_SEPARATOR.test(line)) return "separator";
  if ((current === "header" || current === "stack") && line.startsWith("  ")) return "stack";
  return "message";
}
