import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import type { Settings } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { getServices, type Services } from "@/lib/services";
import { checkStorable } from "./check-storable";
import { errorResponse } from "./error-response";
import { isKnownHost } from "./known-host";
import { parseQuery, parseWith } from "./parse-query";
import { isSameOrigin } from "./same-origin";

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const logger = createLogger("web");
const ANYONE: Actor = { name: "anonymous", by: "open" };
const nothing = z.object({});

/** What a route takes. */
interface RouteOptions<Query extends z.ZodObject, Body extends z.ZodType> {
  readonly query?: Query;
  readonly body?: Body;
  /** True where a request without any body counts as `{}`. */
  readonly mayLackBody?: boolean;
  /** Status of a good answer; 200 unless said, 204 when the handler returns undefined. */
  readonly status?: number;
  /** True for a POST that changes nothing of Celery's (a preview, a login): a read-only server answers it. */
  readonly readOnly?: boolean;
  /** True for a GET that leaves a trace in the broker: a page of somebody else's must not have a browser make it. */
  readonly leavesTraces?: boolean;
  /** True for what must work without a login. */
  readonly isPublic?: boolean;
}

/** What a handler gets: the parsed request, who made it, and what the server holds open. */
export interface RouteCall<Query, Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly actor: Actor;
  readonly services: Services;
  readonly request: Request;
}

/** Next gives no parameters at all to a route without any. */
type Context = { params: Promise<Record<string, string | string[]> | undefined> };

/**
 * Makes a route handler: checks the host, who asks, the origin of a change and read-only mode, parses query and body,
 * and answers with what `handle` returns as JSON (or as it is, when it is a Response). Errors become the contract's.
 */
export function route<Query extends z.ZodObject = typeof nothing, Body extends z.ZodType = z.ZodUndefined>(
  options: RouteOptions<Query, Body>,
  handle: (call: RouteCall<z.infer<Query>, z.infer<Body>>) => Promise<unknown>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      const services = await getServices();
      const actor = await authorize(request, services.settings, options);
      // Safe because `nothing` stands in only where Query is its own default.
      const query = parseQuery(new URL(request.url).searchParams, (options.query ?? nothing) as Query);
      // Safe because a route without a body schema has `undefined` for its Body.
      const body = (
        options.body ? parseWith(options.body, await readBody(request, options.mayLackBody)) : undefined
      ) as z.infer<Body>;
      const answer = await handle({
        params: await readParams(context),
        query,
        body,
        actor,
        services,
        request,
      });
      return toResponse(answer, options.status);
    } catch (error) {
      return errorResponse(error, request, logger);
    }
  };
}

/** The path's parameters; one that takes several segments is joined again. */
async function readParams(context: Context): Promise<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries((await context.params) ?? {})) {
    const text = [value].flat().join("/");
    checkStorable(name, text);
    params[name] = text;
  }
  return params;
}

/** Throws unless the request may be served; returns who made it. */
async function authorize(
  request: Request,
  settings: Settings,
  options: Pick<RouteOptions<z.ZodObject, z.ZodType>, "readOnly" | "leavesTraces" | "isPublic">,
): Promise<Actor> {
  const { headers } = request;
  if (!isKnownHost(headers.get("host"), [settings.HOST, ...settings.CELERIAC_ALLOWED_HOSTS])) {
    throw new AppError(
      "forbidden",
      `This server isn't known as ${JSON.stringify(headers.get("host"))}; add the name to CELERIAC_ALLOWED_HOSTS.`,
    );
  }
  const actor = options.isPublic ? ANYONE : await authenticate(headers, settings.CELERIAC_PASSWORD);
  if (request.method === "GET" || request.method === "HEAD") {
    if (options.leavesTraces && isForeign(headers)) {
      throw new AppError("forbidden", "This must be asked for by this site's own pages (Sec-Fetch-Site).");
    }
    return actor;
  }
  const isScript = actor.by === "basic" && !headers.has("cookie");
  if (!isScript && !isSameOrigin(headers)) {
    throw new AppError(
      "forbidden",
      "A change must come from this site's own pages (Origin or Sec-Fetch-Site), or with Basic credentials.",
    );
  }
  if (settings.CELERIAC_READ_ONLY && !options.readOnly) {
    throw new AppError("forbidden", "This server is read-only (CELERIAC_READ_ONLY).");
  }
  return actor;
}

/** Whether a browser says that another site's page asks; a person who types the address is none. */
function isForeign(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}

async function readBody(request: Request, mayLack = false): Promise<unknown> {
  const { headers } = request;
  const isEmpty = !headers.has("transfer-encoding") && Number(headers.get("content-length") ?? 0) === 0;
  return mayLack && isEmpty ? {} : readJson(request);
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("bad_request", "Content-Type: takes application/json");
  }
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    throw new AppError("bad_request", `body: takes at most ${MAX_BODY_BYTES} bytes`);
  }
  try {
    return await request.json();
  } catch (cause) {
    throw new AppError("bad_request", "body: takes JSON, and this isn't", { cause });
  }
}

function toResponse(answer: unknown, status = 200): Response {
  if (answer instanceof Response) return answer;
  const headers = { "Cache-Control": "no-store" };
  if (answer === undefined) return new Response(null, { status: 204, headers });
  return Response.json(answer, { status, headers });
}
