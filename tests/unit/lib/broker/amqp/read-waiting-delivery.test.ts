import type { GetMessage } from "amqplib";
import { expect, test } from "vitest";
import { readWaitingDelivery } from "@/lib/broker/amqp/read-waiting-delivery";

const HEADERS = { task: "shop.pay", id: "1", argsrepr: "(1,)", kwargsrepr: "{}", retries: 1, eta: null };

/** As amqplib hands it over. */
function deliver(properties: Record<string, unknown>, body = "[[1], {}, {}]"): GetMessage {
  const text = { contentType: "application/json", contentEncoding: "utf-8" };
  // Of all fields only this one is read.
  const fields = { redelivered: true } as GetMessage["fields"];
  return { fields, properties: { ...text, ...properties }, content: Buffer.from(body) } as GetMessage;
}

test("tells what a message says of itself", () => {
  const message = deliver({ headers: HEADERS, priority: 7, timestamp: 1_764_000_000 });
  expect(readWaitingDelivery(message)).toEqual({
    id: "1",
    task: "shop.pay",
    args: "(1,)",
    kwargs: "{}",
    priority: 7,
    retries: 1,
    eta: null,
    sentAt: 1_764_000_000_000,
    isRedelivered: true,
    problem: null,
    isDeadly: false,
  });
});

test.each([undefined, 0, -5, 1_764_000_000_000, "soon"])("a timestamp of %s is none", (timestamp) => {
  expect(readWaitingDelivery(deliver({ headers: HEADERS, timestamp })).sentAt).toBeNull();
});

test("a message without headers or with a body that kills is shown with the problem", () => {
  expect(readWaitingDelivery(deliver({ headers: undefined }))).toMatchObject({
    ...{ id: null, task: null, isDeadly: false, problem: expect.stringContaining("`task`") },
  });
  expect(readWaitingDelivery(deliver({ headers: HEADERS }, "[[1], {}]"))).toMatchObject({
    ...{ id: "1", isDeadly: true, problem: "body: must be [args, kwargs, embed]" },
  });
});
