import { expect, test } from "vitest";
import type { ControlAnswer, ControlOptions } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import type { ControlReply } from "@/lib/celery/control-message";
import { broadcastRevoke } from "@/lib/control/broadcast-revoke";
import { sendCommand, sendUnanswered } from "@/lib/control/send-command";

const PING = createControlRequest({ method: "ping", destination: ["w@h"] });
const REVOKE = createControlRequest({ method: "revoke", arguments: { task_id: ["1"], terminate: true } });

/** A broker whose workers have answered already. */
function answeredBy(replies: readonly ControlReply[], listeners: number | null = replies.length) {
  const waited: number[] = [];
  const control = async (_request: unknown, { timeoutMs }: ControlOptions): Promise<ControlAnswer> => {
    waited.push(timeoutMs);
    return { listeners, replies };
  };
  return { control, waited };
}

const ok = (hostname: string, value: string): ControlReply => ({ hostname, value, error: null });
const refused = (hostname: string, error: string): ControlReply => ({ hostname, value: null, error });
const send = (broker: ReturnType<typeof answeredBy>, redact: readonly string[] = []) =>
  sendCommand(broker, { hostname: "w@h", request: PING, redact });
const revoke = (broker: ReturnType<typeof answeredBy>, expected: readonly string[]) =>
  broadcastRevoke(broker, { request: REVOKE, expected, redact: [] });

test("what a worker answers is its answer, without secrets", async () => {
  expect(await send(answeredBy([ok("w@h", "pong")]))).toBe("pong");
  const report = "broker_url: 'redis://:s3cret@h/0' password='x1y2'";
  expect(await send(answeredBy([ok("w@h", report)]), ["password"])).not.toMatch(/s3cret|x1y2/);
});

test("two workers of one name are both heard", async () => {
  const twice = answeredBy([ok("w@h", "pool will grow"), ok("w@h", "pool will grow")]);
  expect(await send(twice)).toBe("2 workers of this name answered: pool will grow; pool will grow");
  const mixed = answeredBy([ok("w@h", "pong"), refused("w@h", "ValueError('busy now')")]);
  await expect(send(mixed)).rejects.toMatchObject({
    code: "conflict",
    message: "w@h refused: 2 workers of this name answered: pong; (refused) busy now",
  });
});

test("a shrink that is refused may be half done", async () => {
  const request = createControlRequest({ method: "pool_shrink", arguments: { n: 2 }, destination: ["w@h"] });
  const busy = answeredBy([refused("w@h", `ValueError("Can't shrink pool. All processes busy!")`)]);
  await expect(sendCommand(busy, { hostname: "w@h", request, redact: [] })).rejects.toMatchObject({
    code: "conflict",
    message:
      "w@h refused: Can't shrink pool. All processes busy! (Processes that were idle may have been ended all the same.)",
  });
});

test("another worker's reply is not taken for its own", async () => {
  await expect(send(answeredBy([ok("other@h", "pong")]))).rejects.toMatchObject({ code: "worker_timeout" });
});

test("silence is told from deafness", async () => {
  const silent = answeredBy([], 1);
  await expect(send(silent)).rejects.toMatchObject({
    code: "worker_timeout",
    message: expect.stringContaining("w@h did not answer within 5 s"),
  });
  expect(silent.waited).toEqual([5_000]);
  await expect(send(answeredBy([], 0))).rejects.toMatchObject({
    code: "worker_timeout",
    message: expect.stringContaining("no mailbox"),
  });
});

test("nobody waits for what no worker answers", async () => {
  const broker = answeredBy([], null);
  await sendUnanswered(broker, "w@h", PING);
  expect(broker.waited).toEqual([0]);
  await expect(sendUnanswered(answeredBy([], 0), "w@h", PING)).rejects.toMatchObject({
    code: "worker_timeout",
  });
});

test("of a revoke's answers the one that says most comes first, and silence is among them", async () => {
  const broker = answeredBy([ok("a@h", "terminate: tasks unknown"), ok("b@h", "terminate: 1")]);
  expect(await revoke(broker, ["a@h", "b@h", "c@h"])).toEqual({
    reply: "terminate: 1",
    replies: [
      { hostname: "b@h", reply: "terminate: 1" },
      { hostname: "a@h", reply: "terminate: tasks unknown" },
      { hostname: "c@h", reply: "no answer within 3 s: it may not know of it, and run the task" },
    ],
  });
});

test("a refused revoke says who refused, and who did not", async () => {
  const words = "NotImplementedError('no pool')";
  await expect(
    revoke(answeredBy([ok("a@h", "terminate: 1"), refused("b@h", words)]), []),
  ).rejects.toMatchObject({
    code: "conflict",
    message: "b@h refused: NotImplementedError: no pool; a@h answered: terminate: 1",
  });
  await expect(revoke(answeredBy([]), ["a@h"])).rejects.toMatchObject({ code: "worker_timeout" });
});
