import { splitTraceback } from "../traceback/split-traceback";
import { hideNamedValues } from "./hide-named-values";
import { redactText } from "./redact";

/**
 * Redacts a traceback's text: exception messages as `redactText` does; in the source lines of the stack what follows
 * `name=` or `name:` to the end of that line at most, because there it is code and the next line is another matter.
 */
export function redactTraceback(text: string, names: readonly string[]): string {
  return splitTraceback(text)
    .map((part) => {
      if (part.kind === "message") return redactMessage(part.text, names);
      return part.kind === "stack" ? redactLines(part.text, names) : part.text;
    })
    .join("");
}

/** Keeps the line breaks at the end even when the rest of the message is hidden: the next part starts on its line. */
function redactMessage(text: string, names: readonly string[]): string {
  const message = text.trimEnd();
  return redactText(message, names) + text.slice(message.length);
}

function redactLines(text: string, names: readonly string[]): string {
  return text
    .split("\n")
    .map((line) => (FRAME_LINE.test(line) ? line : hideNamedValues(line, names)))
    .join("\n");
}

/** `File "…/token.py", line 3, in …` holds a path and a name, no values. */
const FRAME_LINE = /^[ |]*File "/;
