import { afterAll, beforeAll, expect, test } from "vitest";
import { CELERIAC_KINDS } from "@/bench/ingest/celeriac-reader";
import { findHighestRate } from "@/bench/ingest/find-highest-rate";
import { makeMessages } from "@/bench/ingest/make-messages";
import { measureBursts } from "@/bench/ingest/measure-bursts";
import { holdRate } from "@/bench/memory/hold-rate";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";

const MAX_TRIES = 3;

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

const [onSqlite, onPostgresql] = CELERIAC_KINDS;

test("makes each task's events once, in batches of 24 and alone", () => {
  const sum = (isBatched: boolean) => {
    const messages = [...makeMessages(1_000, isBatched)];
    const total = (key: "events" | "ends") => messages.reduce((all, message) => all + message[key], 0);
    return { messages: messages.length, events: total("events"), ends: total("ends") };
  };
  // 20 tasks fail and 20 are tried again: these have three events more, of which one is an end.
  expect(sum(false)).toEqual({ messages: 3_060, events: 3_060, ends: 1_020 });
  expect(sum(true)).toEqual({ messages: 142, events: 3_060, ends: 1_020 });
});

test("finds the highest rate of those that it tries", { timeout: 120_000 }, async () => {
  if (onSqlite === undefined) throw new Error("no reader");
  const { steps } = await findHighestRate(onSqlite, redis.url, {
    ...{ rates: [500, 1_000], seconds: 1, isBatched: true },
  });
  expect(steps.map(({ taken, events }) => ({ taken, events }))).toEqual([
    { taken: 1, events: expect.any(Number) },
    { taken: 1, events: expect.any(Number) },
  ]);
});

test("holds a rate, of which nothing is lost, and says what the process took", {
  timeout: 120_000,
}, async () => {
  if (onSqlite === undefined) throw new Error("no reader");
  const held = await holdRate(onSqlite, redis.url, { eventsPerSecond: 1_000, seconds: 2 });
  expect(held.events).toBeGreaterThan(0);
  expect(held.taken).toBe(1);
  expect(held.maxRssMb).toBeGreaterThan(0);
});

test("takes a hundred thousand events that come at once, to the last", { timeout: 240_000 }, async () => {
  if (onPostgresql === undefined) throw new Error("no reader");
  // 47 MB, of which Redis holds 32 for a reader: where other programs keep it from reading for a tenth of a second, it is cut off.
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const { events, taken } = await measureBursts(onPostgresql, redis.url, {
      ...{ bursts: 1, tasks: 33_000, isBatched: true, eventsPerSecond: 1_000 },
    });
    expect(events).toBeGreaterThan(100_980);
    if (taken === 1) return;
  }
  expect.fail(`${MAX_TRIES} bursts were not taken in to the last`);
});
