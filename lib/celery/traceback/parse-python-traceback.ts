import { parseStack, type TracebackFrame } from "./parse-stack";
import { splitTraceback } from "./split-traceback";

interface TracebackException {
  /** How it came of the exception before it in the list; null for the first, and for the members of a group. */
  readonly link: "cause" | "context" | null;
  /** Outermost call first, as Python prints them. */
  readonly frames: readonly TracebackFrame[];
  /** The class with its module, such as `kombu.exceptions.OperationalError`; null when the text names none. */
  readonly type: string | null;
  /** What follows the type, all lines of it; the whole message when there is no type. */
  readonly message: string;
}

export interface PythonTraceback {
  /** In the order in which Python prints them: the last one is what the task failed with. */
  readonly exceptions: readonly TracebackException[];
  readonly raw: string;
}

/**
 * Parses what Python's `traceback` module prints, chained exceptions and exception groups too. Never throws: text
 * that is no traceback gives one exception without frames, or none when it is blank.
 */
export function parsePythonTraceback(text: string): PythonTraceback {
  const exceptions: TracebackException[] = [];
  let frames: readonly TracebackFrame[] = [];
  let link: TracebackException["link"] = null;
  for (const part of splitTraceback(text)) {
    if (part.kind === "cause" || part.kind === "context") link = part.kind;
    else if (part.kind === "stack") frames = parseStack(part.lines);
    else if (part.kind === "message") {
      const message = part.lines.join("\n").trim();
      // Blank lines around the links are parts too.
      if (message === "" && frames.length === 0) continue;
      exceptions.push({ link, frames, ...splitMessage(message) });
      frames = [];
      link = null;
    }
  }
  // Cut before its exception line: the frames are still worth showing.
  if (frames.length > 0) exceptions.push({ link, frames, type: null, message: "" });
  return { exceptions, raw: text };
}

/** `module.Type: message`, or the type alone, with notes on the lines below; `<locals>` is of a class in a function. */
const EXCEPTION_LINE = /^([A-Za-z_][\w.<>]*)(?::(?: |$)|(?=\n|$))([\s\S]*)$/;

function splitMessage(message: string): Pick<TracebackException, "type" | "message"> {
  const match = EXCEPTION_LINE.exec(message);
  const [, type, rest = ""] = match ?? [];
  return type === undefined ? { type: null, message } : { type, message: rest.trim() };
}
