import { expect, test } from "vitest";
import { encodeAmqpHeaders } from "@/lib/broker/amqp/encode-amqp-headers";
import { NumberText } from "@/lib/celery/wire-value";

test("every kind of value keeps its type", () => {
  const headers = encodeAmqpHeaders({
    ...{ text: "Zoë", nothing: null, yes: true, list: [null, new NumberText("3"), ["a"]] },
    ...{ small: new NumberText("-5"), large: new NumberText("9007199254740993") },
    ...{
      real: new NumberText("1.0"),
      huge: new NumberText("12345678901234567890"),
      far: new NumberText("Infinity"),
    },
    map: new Map([["__proto__", new Map([["x", "y"]])]]),
  });
  expect(headers).toEqual(
    Object.assign(Object.create(null), {
      ...{ text: "Zoë", nothing: null, yes: true, list: [null, 3, ["a"]], small: -5 },
      large: { "!": "int64", value: 9007199254740993n },
      real: { "!": "double", value: 1 },
      huge: { "!": "double", value: Number("12345678901234567890") },
      far: { "!": "double", value: Number.POSITIVE_INFINITY },
      map: headers.map,
    }),
  );
  const map = Object(headers.map);
  expect(Object.entries(map)).toEqual([["__proto__", Object.assign(Object.create(null), { x: "y" })]]);
});

test("the one name that amqplib would mistake is refused", () => {
  expect(() => encodeAmqpHeaders({ stamps: new Map([["!", "int64"]]) })).toThrow(TypeError);
});
