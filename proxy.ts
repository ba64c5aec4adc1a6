import { randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { readSession } from "@/lib/auth/session";
import { parseSettings } from "@/lib/env";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";
import { isDecodablePath } from "@/lib/http/is-decodable-path";
import { isKnownHost } from "@/lib/http/known-host";

export const config = { matcher: ["/((?!_next/static|healthcheck).*)"] };

/**
 * Before each page: a known host, a session where a password is set, and the page's Content-Security-Policy.
 * API routes check all of that again themselves (lib/http/route.ts): this only spares a page from rendering.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const settings = parseSettings(process.env);
  const { pathname, search } = request.nextUrl;
  if (!isDecodablePath(pathname)) return refuseAddress(pathname);
  if (pathname.startsWith("/api/")) return NextResponse.next();
  if (!isKnownHost(request.headers.get("host"), [settings.HOST, ...settings.CELERIAC_ALLOWED_HOSTS])) {
    return new NextResponse("Unknown host; see CELERIAC_ALLOWED_HOSTS.\n", { status: 403 });
  }
  const password = settings.CELERIAC_PASSWORD;
  if (password !== undefined && pathname !== "/login") {
    const user = await readSession(request.headers.get("cookie"), password);
    if (user === null) return redirectToLogin(request, `${pathname}${search}`);
  }
  return withPolicy(request);
}

function refuseAddress(pathname: string): NextResponse {
  const message = `${pathname}: is no address: a % in it has to begin a character, as in %25`;
  return NextResponse.json({ error: { code: "bad_request", message } }, { status: 400 });
}

function redirectToLogin(request: NextRequest, next: string): NextResponse {
  const login = new URL("/login", request.url);
  if (next !== "/") login.searchParams.set("next", next);
  return NextResponse.redirect(login);
}

function withPolicy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(randomUUID()).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}
