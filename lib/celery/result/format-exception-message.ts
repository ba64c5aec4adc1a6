import { formatPythonValue } from "../literal/format-python-value";
import { NumberText, type WireValue } from "../wire-value";

/** What Python's `str()` gives for an exception of this class with these args. */
export function formatExceptionMessage(
  type: string,
  module: string | null,
  args: readonly WireValue[],
): string {
  const [first, second] = args;
  if (first === undefined) return "";
  if (args.length === 1) {
    // KeyError alone shows its key as a literal, so that an empty key can be seen.
    return typeof first === "string" && type !== "KeyError" ? first : formatPythonValue(first);
  }
  const isSystemError = (module === "builtins" && SYSTEM_ERRORS.has(type)) || module === "socket";
  if (isSystemError && args.length === 2 && first instanceof NumberText && typeof second === "string") {
    return `[Errno ${first.text}] ${second}`;
  }
  return `(${args.map(formatPythonValue).join(", ")})`;
}

/** OSError and its built-in subclasses, whose args are a number and its meaning. */
const SYSTEM_ERRORS: ReadonlySet<string> = new Set([
  "OSError",
  "BlockingIOError",
  "BrokenPipeError",
  "ChildProcessError",
  "ConnectionAbortedError",
  "ConnectionError",
  "ConnectionRefusedError",
  "ConnectionResetError",
  "FileExistsError",
  "FileNotFoundError",
  "InterruptedError",
  "IsADirectoryError",
  "NotADirectoryError",
  "PermissionError",
  "ProcessLookupError",
  "TimeoutError",
]);
