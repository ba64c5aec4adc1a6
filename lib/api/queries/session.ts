import { z } from "zod";
import { requestJson } from "../client";

/** Opens a session; throws ApiError 401 for a wrong password and 429 after too many. */
export async function logIn(password: string): Promise<void> {
  await requestJson("/session", { schema: z.unknown(), method: "POST", body: { password } });
}

/** Ends the session of this browser. */
export async function logOut(): Promise<void> {
  await requestJson("/session", { schema: z.unknown(), method: "DELETE" });
}
