import { expect, test } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { beginSession, endSession } from "@/lib/auth/session";

const password = "correct horse";
const basic = (text: string) =>
  new Headers({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
const cookieOf = (setCookie: string) => new Headers({ cookie: `theme=dark; ${setCookie.split(";")[0]}` });

test("without a password everybody who reaches the server is let in", async () => {
  expect(await authenticate(new Headers(), undefined)).toEqual({ name: "local", by: "open" });
});

test("a session cookie is known until the password changes", async () => {
  const cookie = await beginSession("admin", password, true);
  expect(cookie).toMatch(/^celeriac_session=.+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800; Secure$/);
  expect(await authenticate(cookieOf(cookie), password)).toEqual({ name: "admin", by: "session" });
  await expect(authenticate(cookieOf(cookie), "another one")).rejects.toMatchObject({ code: "unauthorized" });
  await expect(authenticate(cookieOf(endSession(false)), password)).rejects.toMatchObject({
    code: "unauthorized",
  });
});

test("a tampered cookie is no session", async () => {
  const cookie = (await beginSession("admin", password, false)).replace(/Fe26/, "Fe27");
  await expect(authenticate(cookieOf(cookie), password)).rejects.toMatchObject({ code: "unauthorized" });
});

test("Basic credentials, and after ten wrong ones nobody is heard for a minute", async () => {
  expect(await authenticate(basic(`admin:${password}`), password)).toEqual({ name: "admin", by: "basic" });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await expect(authenticate(basic(`admin:guess ${attempt}`), password)).rejects.toMatchObject({
      code: "unauthorized",
    });
  }
  await expect(authenticate(basic(`admin:${password}`), password)).rejects.toMatchObject({
    code: "too_many_requests",
  });
});
