import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import { decodeVirtualEnvelope } from "@/lib/celery/virtual/decode-virtual-envelope";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { NumberText } from "@/lib/celery/wire-value";

const MESSAGE = createTaskMessage(
  {
    id: "id-1",
    task: "shop.pay",
    args: [new NumberText("12345678901234567890"), "é\ud800"],
    kwargs: new Map(),
    origin: "celeriac@node",
    argsRepr: null,
    kwargsRepr: "{}",
    expires: new Date(61_000),
    priority: 3,
    headers: { redispatched_from: "old" },
  },
  1000,
);
const DELIVERY = { exchange: "", routingKey: "celery", deliveryTag: "tag-1" };

describe("encodeVirtualEnvelope", () => {
  it("writes the document that kombu puts into a list", () => {
    expect(JSON.parse(encodeVirtualEnvelope(MESSAGE, DELIVERY))).toEqual({
      body: Buffer.from(MESSAGE.body).toString("base64"),
      "content-encoding": "utf-8",
      "content-type": "application/json",
      headers: {
        lang: "py",
        task: "shop.pay",
        id: "id-1",
        shadow: null,
        eta: null,
        expires: "1970-01-01T00:01:01+00:00",
        group: null,
        group_index: null,
        retries: 0,
        timelimit: [null, null],
        root_id: "id-1",
        parent_id: null,
        argsrepr: null,
        kwargsrepr: "{}",
        origin: "celeriac@node",
        ignore_result: null,
        replaced_task_nesting: 0,
        stamped_headers: null,
        stamps: {},
        redispatched_from: "old",
      },
      properties: {
        correlation_id: "id-1",
        reply_to: "",
        expiration: "60000",
        delivery_mode: 2,
        delivery_info: { exchange: "", routing_key: "celery" },
        priority: 3,
        body_encoding: "base64",
        delivery_tag: "tag-1",
      },
    });
  });

  it("refuses what kills a worker or leads nowhere", () => {
    expect(() => encodeVirtualEnvelope(MESSAGE, { ...DELIVERY, deliveryTag: "" })).toThrow(/^deliveryTag:/);
    expect(() => encodeVirtualEnvelope(MESSAGE, { ...DELIVERY, routingKey: "" })).toThrow(/^routingKey:/);
  });
});

describe("decodeVirtualEnvelope", () => {
  it("reads back what was written, without loss", () => {
    const envelope = decodeVirtualEnvelope(encodeVirtualEnvelope(MESSAGE, DELIVERY));
    expect(envelope).toMatchObject({
      exchange: "",
      routingKey: "celery",
      deliveryTag: "tag-1",
      isRedelivered: false,
      properties: {
        contentType: "application/json",
        contentEncoding: "utf-8",
        correlationId: "id-1",
        replyTo: "",
        priority: 3,
        deliveryMode: 2,
        expiration: "60000",
      },
    });
    if (envelope === null) return;
    const task = decodeTaskMessage(envelope.headers, envelope.properties, envelope.body);
    expect(task.problems).toEqual([]);
    expect(task.args).toEqual([new NumberText("12345678901234567890"), "é\ud800"]);
  });

  it("sees that a message was put back", () => {
    const text =
      '{"body": "e30=", "headers": {"redelivered": true}, "properties": {"body_encoding": "base64"}}';
    expect(decodeVirtualEnvelope(text)?.isRedelivered).toBe(true);
  });

  it("takes a plain body, and reads what is missing as null", () => {
    expect(decodeVirtualEnvelope('{"body": "[é]"}')).toEqual({
      headers: new Map(),
      properties: {
        contentType: null,
        contentEncoding: null,
        correlationId: null,
        replyTo: null,
        priority: null,
        deliveryMode: null,
        expiration: null,
      },
      body: Buffer.from("[é]"),
      exchange: null,
      routingKey: null,
      deliveryTag: null,
      isRedelivered: false,
    });
  });

  it.each(["", "[]", "{}", "null", '{"body": null}', '{"body": {}}', '{"body": "e30="', "\u0000"])(
    "is null for %j",
    (text) => {
      expect(decodeVirtualEnvelope(text)).toBeNull();
    },
  );

  it("never throws, whatever the fields hold", () => {
    const field = fc.constantFrom(
      "body",
      "headers",
      "properties",
      "content-type",
      "delivery_info",
      "priority",
    );
    const object = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue())));
    fc.assert(
      fc.property(object, (value) => {
        const envelope = decodeVirtualEnvelope(JSON.stringify(value));
        if (envelope !== null) decodeTaskMessage(envelope.headers, envelope.properties, envelope.body);
      }),
    );
  });
});
