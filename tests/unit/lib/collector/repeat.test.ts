import { pino } from "pino";
import { expect, test } from "vitest";
import { Doorbell } from "@/lib/collector/doorbell";
import { repeat } from "@/lib/collector/repeat";

test("works again and again until it is told to stop", async () => {
  const stop = new AbortController();
  let turns = 0;
  const work = async () => {
    turns += 1;
    if (turns === 3) stop.abort();
  };
  await repeat({ ...loop(stop.signal).loop, everyMs: 1, work });
  expect(turns).toBe(3);
});

test("goes on after failures, and logs the first and the recovery only", async () => {
  const stop = new AbortController();
  const { loop: common, lines } = loop(stop.signal);
  let turns = 0;
  const work = async () => {
    turns += 1;
    if (turns <= 2) throw new Error("away");
    stop.abort();
  };
  await repeat({ ...common, everyMs: 1, work });
  expect(lines.map(({ msg, error, failures }) => [msg, error ?? failures])).toEqual([
    ["failed, is tried again", "away"],
    ["works again", 2],
  ]);
});

test("does not wait for its time when it is rung, nor when it is told to stop", async () => {
  const stop = new AbortController();
  const doorbell = new Doorbell();
  let turns = 0;
  const work = async () => {
    turns += 1;
    if (turns === 1) setImmediate(() => doorbell.ring());
    else setImmediate(() => stop.abort());
  };
  await repeat({ ...loop(stop.signal).loop, everyMs: 3_600_000, work, doorbell });
  expect(turns).toBe(2);
});

test("leaves a work behind that has no end, where that is allowed", async () => {
  const stop = new AbortController();
  setImmediate(() => stop.abort());
  const work = () => new Promise<void>(() => undefined);
  await repeat({ ...loop(stop.signal).loop, everyMs: 1, work, endsAtOnce: true });
});

test("a ring before the wait counts", async () => {
  const doorbell = new Doorbell();
  doorbell.ring();
  await doorbell.wait(3_600_000, new AbortController().signal);
});

function loop(signal: AbortSignal) {
  const lines: { msg: string; error?: string; failures?: number }[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, loop: { name: "test", logger, signal } };
}
