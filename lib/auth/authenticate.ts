import { AppError } from "@/lib/errors";
import type { Actor } from "./actor";
import { checkLoginAttempts, countWrongPassword } from "./login-attempts";
import { isSamePassword } from "./password";
import { readSession } from "./session";

/** The one user there is while the only setting is a password. */
const ADMIN = "admin";

/**
 * Returns who makes the request: by session cookie, or by HTTP Basic credentials; with no password set, whoever can
 * reach the server (then it listens on loopback only). Throws AppError `unauthorized` or `too_many_requests`.
 */
export async function authenticate(headers: Headers, password: string | undefined): Promise<Actor> {
  if (password === undefined) return { name: "local", by: "open" };
  const user = await readSession(headers.get("cookie"), password);
  if (user !== null) return { name: user, by: "session" };
  const credentials = readBasicCredentials(headers.get("authorization"));
  if (credentials === null) throw new AppError("unauthorized", "Log in, or send HTTP Basic credentials.");
  await checkPassword(credentials, password);
  return { name: credentials.user, by: "basic" };
}

/** Throws unless `given` is the user and password that are set; counts and limits wrong attempts. */
export async function checkPassword(
  given: { user: string; password: string },
  expected: string,
): Promise<void> {
  await checkLoginAttempts();
  if (isSamePassword(given.password, expected) && given.user === ADMIN) return;
  await countWrongPassword();
  throw new AppError("unauthorized", "Wrong password, or a user other than admin.");
}

function readBasicCredentials(header: string | null): { user: string; password: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
