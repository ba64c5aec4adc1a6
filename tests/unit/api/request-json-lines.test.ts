import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { requestJsonLines } from "@/lib/api/request-json-lines";

const schema = z.object({ n: z.number() });
let server: Server | undefined;

afterEach(() => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
});

describe("requestJsonLines", () => {
  it("yields each line, wherever the network cuts", async () => {
    await serve(["{", '"n": 1}\n{"n": 2', '}\n\n{"n": 3}'], 200);
    expect(await readAll()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("throws the server's words when it refuses", async () => {
    await serve(['{"error": {"code": "unprocessable", "message": "Too many."}}'], 422);
    await expect(readAll()).rejects.toMatchObject({ status: 422, message: "Too many." });
  });

  it("throws for a line in no known form", async () => {
    await serve(['{"n": 1}\n<html>\n'], 200);
    await expect(readAll()).rejects.toMatchObject({ code: "unexpected_answer" });
  });

  it("throws when the answer breaks off", async () => {
    await serve(['{"n": 1}\n', null], 200);
    await expect(readAll()).rejects.toMatchObject({ status: 0, code: "unreachable" });
  });

  it("stops the server when the reader stops", async () => {
    const { left } = await serve(['{"n": 1}\n', undefined], 200);
    for await (const _line of requestJsonLines("/x", { schema })) break;
    await left;
  });
});

async function readAll(): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of requestJsonLines("/x", { schema })) lines.push(line);
  return lines;
}

/** Answers in these parts; null breaks the connection, undefined keeps it open. `left` resolves when the reader has. */
async function serve(
  parts: readonly (string | null | undefined)[],
  status: number,
): Promise<{ left: Promise<void> }> {
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  server = createServer(async (request, response) => {
    expect(request.headers.accept).toBe("application/x-ndjson");
    response.on("close", leave);
    response.writeHead(status, { "content-type": "application/json" });
    for (const part of parts) {
      if (part === undefined) return;
      if (part === null) return void response.destroy();
      await new Promise((resolve) => response.write(part, resolve));
    }
    response.end();
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const fetchPath = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    fetchPath(`http://127.0.0.1:${port}${path}`, init),
  );
  return { left };
}
