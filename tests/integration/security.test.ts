import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuild } from "@/examples/demo/ensure-build";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { RunningProcess } from "@/tests/support/start-process";

const PASSWORD = "correct horse";
const BASIC = { authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString("base64")}` };
const JSON_BODY = { "content-type": "application/json" };
const EMPTY_PREVIEW = JSON.stringify({ ids: ["nobody"] });

const folder = makeTempFolder("security");
beforeAll(() => ensureBuild((line) => void process.stderr.write(`${line}\n`)));
afterAll(() => removeFolder(folder));

/** Starts a web on a broker that is away and a store of its own. */
async function startWeb(name: string, settings: Record<string, string>) {
  const port = await getFreePort();
  const web = await startCeleriac({
    part: "web",
    settings: {
      CELERY_BROKER_URL: `redis://:br0ker-secret@127.0.0.1:${await getFreePort()}/0`,
      DATABASE_URL: `file:${join(folder, `${name}.db`)}`,
      PORT: String(port),
      ...settings,
    },
  });
  await web.waitForOutput("Celeriac is at");
  return { web, url: `http://127.0.0.1:${port}` };
}

describe("a server without a password", () => {
  let web: RunningProcess;
  let url: string;
  beforeAll(async () => {
    ({ web, url } = await startWeb("open", {}));
  });
  afterAll(() => web.stop());

  test("refuses to listen where others can reach it", async () => {
    const refused = await startCeleriac({ part: "web", settings: { HOST: "0.0.0.0" } });
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toContain("set CELERIAC_PASSWORD");
  });

  test("answers under a known host only, pages and API", async () => {
    expect(await statusAs("evil.example", `${url}/api/v1/tasks`)).toBe(403);
    expect(await statusAs("evil.example", `${url}/tasks`)).toBe(403);
    expect(await statusAs("localhost", `${url}/api/v1/tasks`)).toBe(200);
    expect(await statusAs("evil.example", `${url}/healthcheck`)).toBe(200);
  });

  test.each([
    [{}, 403],
    [{ origin: "http://evil.example" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 200],
  ])("a change with %j is answered %i", async (headers, status) => {
    const answer = await preview(url, headers);
    expect(answer.status).toBe(status);
  });

  test("takes no form's content type for JSON", async () => {
    const answer = await preview(url, { "sec-fetch-site": "same-origin", "content-type": "text/plain" });
    expect(answer.status).toBe(400);
  });

  test("masks the broker's password", async () => {
    const health = await (await fetch(`${url}/api/v1/health`)).text();
    expect(health).toContain(":***@127.0.0.1");
    expect(health).not.toContain("br0ker-secret");
    expect(web.output()).not.toContain("br0ker-secret");
  });

  test("sends every page with a policy that runs our scripts only", async () => {
    const policy = (await fetch(`${url}/`)).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test("answers in the contract's form what it doesn't know", async () => {
    const answer = await fetch(`${url}/api/v1/nothing`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: "not_found" } });
  });
});

describe("a server with a password", () => {
  let web: RunningProcess;
  let url: string;
  beforeAll(async () => {
    ({ web, url } = await startWeb("locked", { CELERIAC_PASSWORD: PASSWORD, CELERIAC_READ_ONLY: "true" }));
  });
  afterAll(() => web.stop());

  test("wants a login everywhere but at the health check and the login page", async () => {
    expect((await fetch(`${url}/healthcheck`)).status).toBe(200);
    expect((await fetch(`${url}/login`)).status).toBe(200);
    for (const path of ["tasks", "queues", "workers", "health", "stream", "redispatches", "openapi.json"]) {
      expect([path, (await fetch(`${url}/api/v1/${path}`)).status]).toEqual([path, 401]);
    }
    const page = await fetch(`${url}/tasks?state=FAILURE`, { redirect: "manual" });
    expect(page.status).toBe(307);
    expect(page.headers.get("location")).toBe("/login?next=%2Ftasks%3Fstate%3DFAILURE");
  });

  test("lets in by cookie, and by Basic credentials", async () => {
    const login = await fetch(`${url}/api/v1/session`, {
      method: "POST",
      headers: { ...JSON_BODY, "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ password: PASSWORD }),
    });
    expect(login.status).toBe(204);
    const cookie = login.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const headers = { cookie: cookie.split(";")[0] ?? "" };
    expect((await fetch(`${url}/api/v1/tasks`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/api/v1/tasks`, { headers: BASIC })).status).toBe(200);
  });

  test("refuses every change while it is read-only, but not a preview", async () => {
    for (const path of [
      "redispatches",
      "redispatches/x/pause",
      "redispatches/x/resume",
      "redispatches/x/cancel",
      "workers/x/ping",
      "workers/x/shutdown",
      "tasks/x/revoke",
      "tasks/revoke-by-headers",
    ]) {
      const answer = await fetch(`${url}/api/v1/${path}`, {
        method: "POST",
        headers: { ...BASIC, ...JSON_BODY },
        body: "{}",
      });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await preview(url, BASIC)).status).toBe(200);
  });

  test("a browser's cookies beside Basic credentials don't spare the origin check", async () => {
    expect((await preview(url, { ...BASIC, cookie: "a=b" })).status).toBe(403);
  });

  test("hears nobody for a while after ten wrong passwords", async () => {
    const guess = () =>
      fetch(`${url}/api/v1/session`, {
        method: "POST",
        headers: { ...JSON_BODY, "sec-fetch-site": "same-origin" },
        body: JSON.stringify({ password: "a wrong guess" }),
      });
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    expect((await fetch(`${url}/api/v1/tasks`, { headers: BASIC })).status).toBe(429);
  });
});

function preview(url: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${url}/api/v1/redispatches/preview`, {
    method: "POST",
    headers: { ...JSON_BODY, ...headers },
    body: EMPTY_PREVIEW,
  });
}

/** The status of a GET with a Host header of its own, which fetch doesn't let one set. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.on("error", reject);
    call.end();
  });
}
