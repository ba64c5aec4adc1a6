import { scryptSync } from "node:crypto";
import { sealData, unsealData } from "iron-session";
import { singleton } from "@/lib/singleton";

const COOKIE = "celeriac_session";
const TTL_SECONDS = 7 * 24 * 3600;

/** The Set-Cookie value that begins a session of `user`, for seven days. `secure` when the request came by TLS. */
export async function beginSession(user: string, password: string, secure: boolean): Promise<string> {
  const sealed = await sealData({ user }, { password: sealingKey(password), ttl: TTL_SECONDS });
  return cookie(sealed, TTL_SECONDS, secure);
}

/** The Set-Cookie value that ends a session. */
export function endSession(secure: boolean): string {
  return cookie("", 0, secure);
}

/** The user whose session the Cookie header holds, or null: none, expired, or sealed with another password. */
export async function readSession(cookieHeader: string | null, password: string): Promise<string | null> {
  const sealed = readCookie(cookieHeader ?? "");
  if (sealed === null) return null;
  const session = await unsealData<{ user?: unknown }>(sealed, {
    password: sealingKey(password),
    ttl: TTL_SECONDS,
  }).catch(() => null);
  return typeof session?.user === "string" ? session.user : null;
}

/** Every web derives the same key, so sessions hold across processes and end when the password changes. */
function sealingKey(password: string): string {
  const keys = singleton("session-keys", () => new Map<string, string>());
  const known = keys.get(password);
  if (known !== undefined) return known;
  const key = scryptSync(password, "celeriac.session", 32).toString("base64");
  keys.set(password, key);
  return key;
}

function readCookie(header: string): string | null {
  for (const part of header.split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === COOKIE && value) return decodeURIComponent(value);
  }
  return null;
}

function cookie(value: string, maxAgeSeconds: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? "; Secure" : ""}`;
  return `${COOKIE}=${encodeURIComponent(value)}; ${flags}`;
}
