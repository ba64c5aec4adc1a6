/** The closed set of things that can go wrong in a way the reader can act on; lib/api maps each to a status. */
const ERROR_CODES = [
  "bad_request",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "unprocessable",
  "too_many_requests",
  "broker_unavailable",
  "results_unavailable",
  "store_unavailable",
  "worker_timeout",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

const BRAND = Symbol.for("celeriac.app-error");

/** An expected failure. The message is shown to the person who asked and says what to do next. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  get [BRAND](): true {
    return true;
  }

  /** True for those of this module's other copies, too: Next evaluates it once more for instrumentation. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
