import type { z } from "zod";
import { errorSchema } from "./schemas/common";

const TIMEOUT_MS = 30_000;

/** A request that failed: the server's own code and message, or `unreachable` (status 0) when none came. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;

  constructor(failure: { status: number; code: string; message: string; cause?: unknown }) {
    super(failure.message, { cause: failure.cause });
    this.status = failure.status;
    this.code = failure.code;
  }
}

export interface RequestOptions<Schema extends z.ZodType> {
  schema: Schema;
  method?: "GET" | "POST" | "DELETE";
  query?: URLSearchParams;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Asks the API under /api/v1 and returns the answer as `schema` reads it.
 * Throws ApiError for every failure, also where the network or the answer's form is at fault; an abort by
 * `signal` is passed on as it is.
 */
export async function requestJson<Schema extends z.ZodType>(
  path: string,
  options: RequestOptions<Schema>,
): Promise<z.output<Schema>> {
  const response = await send(path, options);
  const body = await readBody(response);
  if (!response.ok) throw toApiError(response.status, body);
  const parsed = options.schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError({
    status: response.status,
    code: "unexpected_answer",
    message: "Celeriac answered in a form this page does not know. Reload it: the server may be newer.",
    cause: parsed.error,
  });
}

async function send(path: string, options: RequestOptions<z.ZodType>): Promise<Response> {
  const { query, body, signal } = options;
  const search = query !== undefined && query.size > 0 ? `?${query}` : "";
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(`/api/v1${path}${search}`, {
      method: options.method ?? "GET",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const message = timeout.aborted
      ? `Celeriac did not answer within ${TIMEOUT_MS / 1000} s. It may be overloaded; try again.`
      : "Celeriac can't be reached. Check that it is running and that you are connected.";
    throw new ApiError({ status: 0, code: "unreachable", message, cause });
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    // A proxy's HTML page, or nothing: the status has to speak for itself.
    return undefined;
  }
}

function toApiError(status: number, body: unknown): ApiError {
  const parsed = errorSchema.safeParse(body);
  if (parsed.success) return new ApiError({ status, ...parsed.data.error });
  return new ApiError({ status, code: "http_error", message: `Celeriac answered with status ${status}.` });
}
