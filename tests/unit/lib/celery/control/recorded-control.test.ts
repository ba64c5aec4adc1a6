import { describe, expect, it } from "vitest";
import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { decodeControlReply } from "@/lib/celery/control/decode-control-reply";
import { encodeControlMessage } from "@/lib/celery/control/encode-control-message";
import { readActiveQueues } from "@/lib/celery/control/read-active-queues";
import { readConf } from "@/lib/celery/control/read-conf";
import { readRegistered } from "@/lib/celery/control/read-registered";
import { readStats } from "@/lib/celery/control/read-stats";
import { readScheduledTasks, readTaskInfos } from "@/lib/celery/control/read-task-infos";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";
import {
  RECORDED_QUESTIONS,
  RECORDED_VERSIONS,
  type RecordedVersion,
  readFixture,
} from "@/tests/support/read-fixture";

const TASKS = ["add", "echo", "fail", "progress", "reject", "retry_once", "sleep", "total"];

/** What Celery's own client was asked to send; see tests/support/python/wire_project/run.py. */
const ASKED: ControlCall[] = [
  { method: "ping" },
  { method: "stats", destination: ["w1@host"] },
  { method: "query_task", arguments: { ids: ["h-0", "h-1"] } },
  { method: "registered", arguments: { taskinfoitems: ["rate_limit"] } },
  { method: "enable_events" },
];

describe.each(RECORDED_VERSIONS)("remote control of Celery %s", (version) => {
  it.each(ASKED)("is asked `$method` as Celery's own client asks", (call) => {
    const recorded = JSON.parse(readFixture(version, "control-requests")[call.method] ?? "");
    const body = JSON.parse(Buffer.from(recorded.body, "base64").toString("utf8"));
    const message = encodeControlMessage(createControlRequest(call), {
      ticket: body.ticket,
      replyTo: { exchange: "", routingKey: body.reply_to.routing_key },
      clock: recorded.headers.clock,
      expiresAt: recorded.headers.expires * 1000,
    });
    const delivery = {
      exchange: "celery.pidbox",
      routingKey: "",
      deliveryTag: recorded.properties.delivery_tag,
    };
    const ours = JSON.parse(encodeVirtualEnvelope(message, delivery));

    expect(JSON.parse(Buffer.from(ours.body, "base64").toString("utf8"))).toEqual({
      ...body,
      // C.4: straight to our list, not through an exchange.
      reply_to: { exchange: "", routing_key: body.reply_to.routing_key },
    });
    expect({ ...ours, body: null }).toEqual({ ...recorded, body: null });
  });

  it.each(RECORDED_QUESTIONS)("answers `%s` with our ticket", (method) => {
    const { ticket, replies, problem } = decodeControlReply(
      readFixture(version, "control-replies")[method] ?? "",
    );
    expect({ ticket, problem }).toEqual({ ticket: `ticket-${method}`, problem: null });
    expect(replies).toMatchObject([{ hostname: "w1@host", error: null }]);
  });

  it("answers in the shapes of each command", () => {
    expect(reply(version, "ping")).toBe("pong");
    expect(reply(version, "heartbeat")).toBeNull();
    expect(reply(version, "enable_events")).toBe("task events already enabled");
    expect(reply(version, "revoked")).toEqual([]);
    expect(readActiveQueues(reply(version, "active_queues"))).toEqual(["work"]);
    expect(readRegistered(reply(version, "registered"))).toEqual(
      TASKS.map((name) => `wire_project.app.${name}`),
    );
  });

  it("tells its statistics", () => {
    expect(readStats(reply(version, "stats"))).toEqual({
      pool: "prefork",
      concurrency: 2,
      // 2 processes × 4, and one for the task that waits for its time.
      prefetchCount: 9,
      pid: expect.any(Number),
      uptimeSeconds: expect.any(Number),
      maxRssBytes: expect.any(Number),
      totals: new Map([["wire_project.app.sleep", 2]]),
    });
    expect(readStats(reply(version, "stats")).maxRssBytes).toBeGreaterThan(16 * 1024 * 1024);
  });

  it("tells the tasks that it holds", () => {
    const active = readTaskInfos(reply(version, "active"));
    expect(active?.map((task) => task.id).sort()).toEqual(["h-0", "h-1"]);
    expect(active?.[0]).toMatchObject({
      task: "wire_project.app.sleep",
      args: [new NumberText("600")],
      kwargs: new Map(),
      argsRepr: null,
      hostname: "w1@host",
      startedAt: expect.any(Number),
      isAcknowledged: false,
      queue: "work",
      priority: 0,
      isRedelivered: version === "5.2.6" ? null : false,
      pid: expect.any(Number),
    });
    const reserved = readTaskInfos(reply(version, "reserved"));
    expect(reserved?.map(({ id, startedAt, pid }) => [id, startedAt, pid]).sort()).toEqual([
      ["h-2", null, null],
      ["h-3", null, null],
    ]);
    expect(readScheduledTasks(reply(version, "scheduled"))).toMatchObject([
      {
        eta: expect.stringMatching(/^\d{4}-.*\+00:00$/),
        request: { id: "h-scheduled", task: "wire_project.app.add" },
      },
    ]);
  });

  it("tells its settings", () => {
    const conf = readConf(reply(version, "conf"));
    expect(conf).toMatchObject({
      acceptContent: ["json"],
      taskDefaultQueue: "work",
      taskSendSentEvent: true,
      taskSerializer: null,
      resultExtended: null,
    });
    expect(conf.all.get("task_acks_late")).toBe(true);
  });
});

function reply(version: RecordedVersion, method: (typeof RECORDED_QUESTIONS)[number]): WireValue {
  const { replies } = decodeControlReply(readFixture(version, "control-replies")[method] ?? "");
  return replies[0]?.value ?? null;
}
