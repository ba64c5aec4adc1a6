/** What the repr of billiard's wrapper says when it says nothing (celery-wire.md D.3). */
const EMPTY_WRAPPER = /^(?:ExceptionWithTraceback|ExceptionInfo)\(.*\)$/s;
const FRAME = '  File "';

/**
 * The exception of a failed task in words: what the event says, or, where that is empty or only names the wrapper,
 * the line of the traceback that names the exception. null when neither says anything.
 */
export function exceptionText(exception: string | null, traceback: string | null): string | null {
  if (exception !== null && exception !== "" && !EMPTY_WRAPPER.test(exception)) return exception;
  return findExceptionLine(traceback ?? "") ?? (exception || null);
}

/** The first line at the margin after the last frame: a message of several lines goes on below it. */
function findExceptionLine(traceback: string): string | null {
  const lastFrame = traceback.lastIndexOf(`\n${FRAME}`);
  const tail = lastFrame < 0 ? traceback : traceback.slice(lastFrame + 1);
  const lines = tail.split("\n");
  return lines.find((line, index) => (index > 0 || lastFrame < 0) && /^[^\s|]/.test(line)) ?? null;
}
