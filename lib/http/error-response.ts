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

/** Turns anything thrown into the contract's error answer; what was not expected is logged once and kept private. */
export function errorResponse(error: unknown, request: Request, logger: Logger): Response {
  if (error instanceof AppError) {
    // A browser's own pages show our login instead of the browser's box, so they are not challenged.
    const isChallenged = error.code === "unauthorized" && !request.headers.has("sec-fetch-site");
    const headers = isChallenged ? { "WWW-Authenticate": 'Basic realm="Celeriac"' } : undefined;
    return Response.json(
      { error: { code: error.code, message: error.message } },
      { status: STATUS[error.code], headers },
    );
  }
  logger.error({ err: error }, "request failed");
  return Response.json(
    { error: { code: "internal", message: "Something went wrong here; the server's log says what." } },
    { status: 500 },
  );
}
