import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ApiError, requestJson } from "@/lib/api/client";

const schema = z.object({ id: z.string() });
let server: Server | undefined;

afterEach(() => {
  vi.unstubAllGlobals();
  server?.close();
});

describe("requestJson", () => {
  it("returns the answer as the schema reads it", async () => {
    await serve((_request, respond) => respond(200, '{"id": "a", "more": 1}'));
    await expect(requestJson("/x", { schema })).resolves.toEqual({ id: "a" });
  });

  it("sends the query and the body", async () => {
    await serve((request, respond) => respond(200, JSON.stringify({ id: request })));
    const query = new URLSearchParams([
      ["state", "FAILURE"],
      ["state", "RETRY"],
    ]);
    const answer = await requestJson("/tasks", { schema, query, method: "POST", body: { n: 1 } });
    expect(answer.id).toBe('POST /api/v1/tasks?state=FAILURE&state=RETRY {"n":1}');
  });

  it("throws the server's own words", async () => {
    await serve((_request, respond) =>
      respond(409, '{"error": {"code": "conflict", "message": "It is done."}}'),
    );
    const error = await failure(requestJson("/x", { schema }));
    expect([error.status, error.code, error.message]).toEqual([409, "conflict", "It is done."]);
  });

  it("says so when a proxy answers in its place", async () => {
    await serve((_request, respond) => respond(502, "<html>Bad gateway</html>"));
    const error = await failure(requestJson("/x", { schema }));
    expect([error.status, error.code]).toEqual([502, "http_error"]);
  });

  it("refuses an answer of another form", async () => {
    await serve((_request, respond) => respond(200, '{"id": 7}'));
    expect((await failure(requestJson("/x", { schema }))).code).toBe("unexpected_answer");
  });

  it("reads no body from a 204", async () => {
    await serve((_request, respond) => respond(204, ""));
    await expect(requestJson("/x", { schema: z.undefined() })).resolves.toBeUndefined();
  });

  it("says when nobody answers, and passes an abort on", async () => {
    await serve(() => {});
    const abort = new AbortController();
    const pending = requestJson("/x", { schema, signal: abort.signal });
    abort.abort();
    await expect(pending).rejects.toHaveProperty("name", "AbortError");
    vi.unstubAllGlobals();
    expect((await failure(requestJson("/x", { schema }))).code).toBe("unreachable");
  });
});

type Respond = (status: number, body: string) => void;

/** Starts a real server and gives relative addresses its origin, as a page would. */
async function serve(handle: (request: string, respond: Respond) => void): Promise<void> {
  const started = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    handle(`${request.method} ${request.url} ${body}`, (status, text) =>
      response.writeHead(status).end(text),
    );
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  // Safe: a TCP server's address is an AddressInfo.
  const { port } = started.address() as AddressInfo;
  const realFetch = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    realFetch(`http://127.0.0.1:${port}${path}`, init),
  );
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error(`expected an ApiError, got ${String(error)}`);
}
