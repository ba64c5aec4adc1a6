import type { Logger } from "pino";
import { AppError, type ErrorCode } from "@/lib/errors";

const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unprocessable: 422,
  too_many_requests: 429,
  broker_unavailable: 503,
  results_unavailable: 503,
  store_unavailable: 503,
  worker_timeout: 504,
};

/** Turns anything thrown into the contract's error answer. */
export function errorResponse(error: unknown, request: Request, logger: Logger): Response {
  // Whoever left reads no answer, and giving up is no failure.
  if (request.signal.aborted && error === request.signal.reason) return new Response(null, { status: 499 });
  const body = { error: describeError(error, logger) };
  if (error instanceof AppError) {
    // A browser's own pages show our login instead of the browser's box, so they are not challenged.
    const isChallenged = error.code === "unauthorized" && !request.headers.has("sec-fetch-site");
    const headers = isChallenged ? { "WWW-Authenticate": 'Basic realm="Celeriac"' } : undefined;
    return Response.json(body, { status: STATUS[error.code], headers });
  }
  return Response.json(body, { status: 500 });
}

/** What may be said of anything thrown; what was not expected is logged once and kept private. */
export function describeError(error: unknown, logger: Logger): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  logger.error({ err: error }, "request failed");
  return { code: "internal", message: "Something went wrong here; the server's log says what." };
}
