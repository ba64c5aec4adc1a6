import type { z } from "zod";
import { errorSchema } from "./schemas/common";

/** How long an answer, or the next part of one that comes in parts, may take. */
export const TIMEOUT_MS = 30_000;

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
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await openResponse(path, options, timeout);
  return readForm(options.schema, await readBody(response));
}

/** Sends a request and returns the answer, unread. Throws as `requestJson` does; `timeout` aborts when it takes too long. */
export async function openResponse(
  path: string,
  options: RequestOptions<z.ZodType> & { accept?: string },
  timeout: AbortSignal,
): Promise<Response> {
  const { query, body, signal, accept } = options;
  const search = query !== undefined && query.size > 0 ? `?${query}` : "";
  const headers = new Headers(body === undefined ? {} : { "content-type": "application/json" });
  if (accept !== undefined) headers.set("accept", accept);
  try {
    const response = await fetch(`/api/v1${path}${search}`, {
      method: options.method ?? "GET",
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) throw toApiError(response.status, await readBody(response));
    return response;
  } catch (cause) {
    if (signal?.aborted || cause instanceof ApiError) throw cause;
    throw toUnreachable(cause, timeout);
  }
}

/** ApiError `unreachable` for an exchange that the network or `timeout` broke. */
export function toUnreachable(cause: unknown, timeout: AbortSignal): ApiError {
  const message = timeout.aborted
    ? `Celeriac did not answer within ${TIMEOUT_MS / 1000} s. It may be overloaded; try again.`
    : "Celeriac can't be reached. Check that it is running and that you are connected.";
  return new ApiError({ status: 0, code: "unreachable", message, cause });
}

/** What the answer's body is by `schema`; throws ApiError for any other form. */
export function readForm<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError({
    status: 200,
    code: "unexpected_answer",
    message: "Celeriac answered in a form this page does not know. Reload it: the server may be newer.",
    cause: parsed.error,
  });
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
