import { describe, expect, it } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import { decodeVirtualEnvelope } from "@/lib/celery/virtual/decode-virtual-envelope";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { NumberText, type WireObject, type WireValue } from "@/lib/celery/wire-value";
import { findEnvelopeDefects } from "@/tests/support/find-envelope-defects";
import { RECORDED_VERSIONS, type RecordedVersion, readFixture } from "@/tests/support/read-fixture";

const BIG = new NumberText("100000000000000000000");
const ARGS: WireValue[] = [
  new NumberText("1"),
  "é",
  null,
  new NumberText("1.5"),
  [true, new Map([["k", BIG]])],
];
const KWARGS = new Map<string, WireValue>([
  ["amount", new NumberText("2.0")],
  ["note", "x"],
]);

describe.each(RECORDED_VERSIONS)("task messages of Celery %s", (version) => {
  it("decodes a plain call", () => {
    expect(open(version, "plain")).toMatchObject({
      protocol: 2,
      id: "t-plain",
      task: "wire_project.app.add",
      args: [new NumberText("1"), new NumberText("2")],
      kwargs: new Map(),
      retries: 0,
      timeLimits: { hard: null, soft: null },
      rootId: "t-plain",
      parentId: null,
      argsRepr: "(1, 2)",
      kwargsRepr: "{}",
      origin: expect.stringMatching(/^gen\d+@host$/),
      ignoreResult: false,
      callbacks: null,
      errbacks: null,
      chain: null,
      chord: null,
      isRedelivered: false,
      customHeaders: new Map(),
      problems: [],
    });
  });

  it("decodes a call with everything that a re-dispatch may carry", () => {
    expect(open(version, "redispatch")).toMatchObject({
      args: ARGS,
      kwargs: KWARGS,
      eta: "2026-11-23T06:45:00.250000+05:45",
      expires: "2096-11-23T01:00:00+00:00",
      rootId: "t-root",
      parentId: "t-parent",
      customHeaders: new Map([["redispatched_from", "t-old"]]),
      problems: [],
    });
    expect(envelope(version, "redispatch").properties).toMatchObject({
      correlationId: "t-redispatch",
      priority: 3,
      deliveryMode: 2,
      expiration: expect.stringMatching(/^22090\d{8}$/),
    });
  });

  it("decodes limits, callbacks and a shadow name", () => {
    const task = open(version, "options");
    expect(task).toMatchObject({
      shadow: "add.shadow",
      timeLimits: { hard: 30, soft: 20 },
      ignoreResult: true,
    });
    expect(task.callbacks).toEqual([signature("wire_project.app.echo", ["linked"])]);
    expect(task.errbacks).toEqual([signature("wire_project.app.echo", ["errored"])]);
  });

  it("decodes a countdown as an eta", () => {
    expect(open(version, "countdown").eta).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  });

  it("decodes the rest of a chain, the next step last", () => {
    const ids = open(version, "chain").chain?.map(
      (step) => (step as WireObject).get("options") as WireObject,
    );
    expect(ids?.map((options) => options.get("task_id"))).toEqual(["t-chain-3", "t-chain-2"]);
  });

  it("decodes the members of a chord", () => {
    const first = open(version, "chord", 0);
    expect(first).toMatchObject({
      id: "t-chord-1",
      groupIndex: 0,
      group: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(first.chord?.get("task")).toBe("wire_project.app.total");
    expect(open(version, "chord", 1)).toMatchObject({ id: "t-chord-2", groupIndex: 1, group: first.group });
  });

  it("decodes the members of a group", () => {
    const groups = [0, 1].map((index) => open(version, "group", index).group);
    expect(groups[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(groups[1]).toBe(groups[0]);
  });

  it("decodes protocol 1", () => {
    expect(open(version, "protocol-1")).toMatchObject({
      protocol: 1,
      id: "t-protocol-1",
      task: "wire_project.app.echo",
      args: [new NumberText("1"), "é"],
      kwargs: new Map([["k", null]]),
      argsRepr: null,
      problems: [],
    });
  });

  it("inflates zlib, and names what it cannot read", () => {
    expect(open(version, "gzip")).toMatchObject({ args: ["z".repeat(50)], problems: [] });
    expect(open(version, "bzip2")).toMatchObject({
      id: "t-bzip2",
      args: null,
      problems: ["body: compression application/x-bz2 is not supported"],
    });
    expect(open(version, "pickle")).toMatchObject({
      id: "t-pickle",
      args: null,
      problems: ["body: content type application/x-python-serialize is not supported"],
    });
  });
});

it.each(["5.6.3", "5.7.0"] as const)("decodes the stamps of %s", (version) => {
  expect(open(version, "stamps")).toMatchObject({
    stamps: new Map([["owner", "team-a"]]),
    customHeaders: new Map(),
  });
});

it("sees typed values as kombu writes them", () => {
  expect(open("5.2.6", "typed").args?.[0]).toBe("1.50");
  expect(open("5.7.0", "typed").args?.[0]).toEqual(
    new Map([
      ["__type__", "decimal"],
      ["__value__", "1.50"],
    ]),
  );
});

it.each(["5.6.3", "5.7.0"] as const)("sends again what %s can read, typed values too", (version) => {
  const args = open(version, "typed").args ?? [];
  expect(args).toHaveLength(4);
  expect(() => createTaskMessage({ ...CALL, args })).not.toThrow();
});

const CALL = {
  id: "t-redispatch",
  task: "wire_project.app.echo",
  args: ARGS,
  kwargs: KWARGS,
  origin: "celeriac@host",
  argsRepr: "(1, 'é', None, 1.5, [True, {'k': 100000000000000000000}])",
  kwargsRepr: "{'amount': 2.0, 'note': 'x'}",
  rootId: "t-root",
  parentId: "t-parent",
  eta: new Date("2026-11-23T01:00:00.250Z"),
  expires: new Date("2096-11-23T01:00:00Z"),
  priority: 3,
  headers: { redispatched_from: "t-old" },
};

// The newest that works with django-celery-results and the one before.
it.each(["5.6.3", "5.7.0"] as const)(
  "builds the message that Celery %s sends for the same call",
  (version) => {
    const recorded = only(version, "redispatch");
    const delivery = { exchange: "", routingKey: "redispatch", deliveryTag: "ours" };
    const ours = encodeVirtualEnvelope(createTaskMessage(CALL), delivery);

    const expected = JSON.parse(recorded);
    const actual = JSON.parse(ours);
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    expect(Object.keys(actual.headers)).toEqual(Object.keys(expected.headers));
    expect(Object.keys(actual.properties)).toEqual(Object.keys(expected.properties));
    expect(actual.headers).toEqual({
      ...expected.headers,
      origin: "celeriac@host",
      // The same instant: Celery writes it in the caller's own zone.
      eta: "2026-11-23T01:00:00.250000+00:00",
      // J.2: null leaves it to the task.
      ignore_result: null,
    });
    expect(actual.properties).toEqual({
      ...expected.properties,
      reply_to: "",
      delivery_tag: "ours",
      expiration: actual.properties.expiration,
    });
    expect(textOf(ours)).toBe(textOf(recorded).replace("\\u00e9", "é"));
    expect(findEnvelopeDefects(ours)).toEqual([]);
  },
);

it("has a checker that accepts what Celery itself sends", () => {
  for (const name of ["plain", "options", "countdown", "chain", "chord", "group", "typed", "stamps"]) {
    for (const text of readFixture("5.7.0", "task-messages")[name] ?? []) {
      // Other offsets than UTC are Celery's to write, not ours.
      expect(findEnvelopeDefects(text)).toEqual([]);
    }
  }
});

function only(version: RecordedVersion, name: string, index = 0): string {
  const text = readFixture(version, "task-messages")[name]?.[index];
  if (text === undefined) throw new Error(`nothing was recorded for ${name}`);
  return text;
}

function envelope(version: RecordedVersion, name: string, index = 0) {
  const decoded = decodeVirtualEnvelope(only(version, name, index));
  if (decoded === null) throw new Error(`${name} is no envelope`);
  return decoded;
}

function open(version: RecordedVersion, name: string, index = 0) {
  const { headers, properties, body } = envelope(version, name, index);
  return decodeTaskMessage(headers, properties, body);
}

function textOf(envelopeText: string): string {
  return Buffer.from(JSON.parse(envelopeText).body, "base64").toString("utf8");
}

function signature(task: string, args: string[]): WireValue {
  const json = JSON.stringify({ task, args, kwargs: {}, options: {}, subtask_type: null, immutable: false });
  const parsed = parseWireJson(json);
  return parsed.ok ? parsed.value : null;
}
