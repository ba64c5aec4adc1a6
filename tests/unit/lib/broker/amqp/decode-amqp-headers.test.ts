import { expect, test } from "vitest";
import { decodeAmqpHeaders } from "@/lib/broker/amqp/decode-amqp-headers";
import { NumberText } from "@/lib/celery/wire-value";

test("keeps what JSON has a word for, and numbers with all their digits", () => {
  const table = {
    ...{ text: "a", yes: true, nothing: null, whole: 7, large: 2n ** 62n, half: 0.5 },
    ...{ list: [1, ["x"]], table: { __proto__: null, inner: "b" } },
  };
  expect(decodeAmqpHeaders(table)).toEqual(
    new Map<string, unknown>([
      ["text", "a"],
      ["yes", true],
      ["nothing", null],
      ["whole", new NumberText("7")],
      ["large", new NumberText("4611686018427387904")],
      ["half", new NumberText("0.5")],
      ["list", [new NumberText("1"), ["x"]]],
      ["table", new Map([["inner", "b"]])],
    ]),
  );
});

test("bytes, times and what is too deep are null", () => {
  let deep: unknown = "end";
  for (let level = 0; level < 10_000; level += 1) deep = [deep];
  const table = { bytes: Buffer.from("x"), time: { "!": "timestamp", value: 5 }, deep };
  const headers = decodeAmqpHeaders(table);
  expect([headers.get("bytes"), headers.get("time")]).toEqual([null, null]);
  expect(JSON.stringify(headers.get("deep"))).toMatch(/^\[{50}null\]{50}$/);
});
