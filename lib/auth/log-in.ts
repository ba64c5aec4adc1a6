import { AppError } from "@/lib/errors";
import { checkPassword } from "./authenticate";
import { beginSession } from "./session";

/** Checks the credentials and returns the Set-Cookie value of a new session. Throws as `checkPassword` does. */
export async function logIn(
  given: { user: string; password: string },
  password: string | undefined,
  secure: boolean,
): Promise<string> {
  if (password === undefined)
    throw new AppError("conflict", "No password is set here; there is nothing to log in to.");
  await checkPassword(given, password);
  return beginSession(given.user, password, secure);
}
