import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWaitingEnvelope } from "@/lib/celery/virtual/read-waiting-envelope";

const INFO = { exchange: "", routing_key: "jobs" };

interface Choice {
  headers?: Record<string, unknown>;
  properties?: Record<string, unknown>;
  body?: string;
}

function write({
  headers = {},
  properties = {},
  body = '[[1, "a"], {"who": null}, {}]',
}: Choice = {}): string {
  return JSON.stringify({
    body: Buffer.from(body).toString("base64"),
    "content-type": "application/json",
    "content-encoding": "utf-8",
    headers: { task: "shop.pay", id: "1", ...headers },
    properties: { delivery_tag: "t", delivery_info: INFO, body_encoding: "base64", ...properties },
  });
}

describe("readWaitingEnvelope", () => {
  it("tells what a message says of itself, its values as JSON where it has no repr", () => {
    const eta = "2026-11-27T06:00:00+05:45";
    const text = write({
      headers: { retries: 2, eta, kwargsrepr: "{'who': None}" },
      properties: { priority: 3 },
    });
    expect(readWaitingEnvelope(text)).toEqual({
      id: "1",
      task: "shop.pay",
      args: '[1, "a"]',
      kwargs: "{'who': None}",
      priority: 3,
      retries: 2,
      eta,
      sentAt: null,
      isRedelivered: false,
      problem: null,
      isDeadly: false,
    });
  });

  it("takes the sender's repr before the values, which it may have been written to hide", () => {
    const text = write({ headers: { argsrepr: "(<card>,)" }, body: '[["4111 1111"], {}, {}]' });
    expect(readWaitingEnvelope(text).args).toBe("(<card>,)");
  });

  it("knows that a message was handed out before", () => {
    const properties = { delivery_info: { ...INFO, redelivered: true } };
    expect(readWaitingEnvelope(write({ properties })).isRedelivered).toBe(true);
  });

  it.each([
    ["no JSON", "{", "envelope: must be a JSON object with a body"],
    ["no body", '{"headers": {}}', "envelope: must be a JSON object with a body"],
    ["no delivery tag", write({ properties: { delivery_tag: null } }), "delivery_tag: must be a text"],
    [
      "no delivery info",
      write({ properties: { delivery_info: null } }),
      "delivery_info.exchange: must be a text; delivery_info.routing_key: must be a text",
    ],
    ["a body of two parts", write({ body: "[[], {}]" }), "body: must be [args, kwargs, embed]"],
    ["args of 401 levels", write({ body: nest(401) }), "args: nested deeper than 400 levels"],
  ])("shows a message with %s, of which a worker dies", (_what, text, problem) => {
    expect(readWaitingEnvelope(text)).toMatchObject({ isDeadly: true, problem });
  });

  it("names what is only beyond us", () => {
    const text = write({ body: "no JSON", headers: { argsrepr: "(1,)" } });
    expect(readWaitingEnvelope(text)).toMatchObject({
      ...{ id: "1", args: "(1,)", isDeadly: false, problem: "body: not a JSON value" },
    });
    expect(readWaitingEnvelope(write({ body: nest(400) }))).toMatchObject({ isDeadly: false, problem: null });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readWaitingEnvelope(text)));
  });
});

/** A body whose args, the array of the args included, are so many levels deep. */
function nest(levels: number): string {
  return `[${"[".repeat(levels)}${"]".repeat(levels)}, {}, {}]`;
}
