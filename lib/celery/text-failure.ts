/** What a reader of untrusted text answers: the value, or why not and where (an index into the text, in UTF-16 units). */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly position: number };

/**
 * What our readers throw to themselves at the first character that they don't accept. Not an `Error`: the stack trace
 * would cost more than the reading, and a cluster with lossy args makes one an event.
 */
export class TextFailure {
  readonly reason: string;
  readonly position: number;

  constructor(reason: string, position: number) {
    this.reason = reason;
    this.position = position;
  }
}

/** Runs a reader and turns the `TextFailure` that it may throw into a result. Other errors are bugs and pass. */
export function attemptRead<T>(read: () => T): ReadResult<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof TextFailure) {
      return { ok: false, reason: error.reason, position: error.position };
    }
    throw error;
  }
}
