import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileProgram } from "@/tests/support/compile-program";
import { createRandom } from "@/tests/support/create-random";
import type { DatabaseServer } from "@/tests/support/database-server";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { type RunningProcess, startProcess } from "@/tests/support/start-process";
import { type RabbitmqServer, startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startTcpProxy } from "@/tests/support/start-tcp-proxy";
import { expectEquality, FaultLane, readQueue, untilDone } from "./fault-lanes";
import { strikeAtMoments } from "./fault-moments";

const IS_LONG = process.env.CELERIAC_LONG_TESTS === "1";
const TOTAL = IS_LONG ? 20_000 : 2_000;
/** Four seconds of sending, a chunk each quarter: fast enough to be quick, slow enough that ten moments differ. */
const RATE = TOTAL / 4;
const MOMENTS = 10;
/** A collector that is silent for this long has lost its batches: less than in production, to be quick. */
const LEASE_MS = 1_000;
/** RabbitMQ takes seconds to start: fewer moments unless the long form is asked for. */
const RABBITMQ_DEATHS = IS_LONG ? MOMENTS : 1;
const random = createRandom(Number(process.env.CELERIAC_TEST_SEED ?? 4));
/** Tasks after the last mark, and those that RabbitMQ had not confirmed when it died. */
const MOST_AFTER_MARK = 20;
const MOST_UNCONFIRMED = 500;

describe(`whatever breaks at ten random moments of ${TOTAL} tasks, each goes once`, {
  timeout: 400_000,
}, () => {
  const folder = makeTempFolder("faults");
  let postgres: DatabaseServer;
  let redis: RedisServer;
  let rabbitmq: RabbitmqServer;
  let onSqlite: FaultLane;
  let onRedis: FaultLane;
  let onRabbitmq: FaultLane;
  let program: readonly string[];

  beforeAll(async () => {
    program = await compileProgram("tests/contract/redispatch/runner-process.ts");
    [postgres, redis, rabbitmq] = await Promise.all([
      startPostgresServer(),
      startRedisServer({ args: ["--appendonly", "yes", "--appendfsync", "always"] }),
      startRabbitmqServer(),
    ]);
    const [one, two] = await Promise.all([postgres.createDatabase("one"), postgres.createDatabase("two")]);
    [onSqlite, onRedis, onRabbitmq] = await Promise.all([
      FaultLane.open("SQLite and Redis", { storeUrl: `file:${folder}/store.db`, brokerUrl: redis.url }),
      FaultLane.open("PostgreSQL and Redis", { storeUrl: one, brokerUrl: redis.url.replace(/0$/, "1") }),
      FaultLane.open("PostgreSQL and RabbitMQ", {
        ...{ storeUrl: two, brokerUrl: rabbitmq.url, managementUrl: rabbitmq.managementUrl },
      }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([onSqlite.close(), onRedis.close(), onRabbitmq.close()]);
    await Promise.all([postgres.stop(), redis.stop(), rabbitmq.stop()]);
    removeFolder(folder);
  });

  function begin(...lanes: FaultLane[]) {
    return Promise.all(lanes.map((lane) => lane.begin(TOTAL, RATE)));
  }

  test("kill -9 the collector", async () => {
    const lanes = [onSqlite, onRabbitmq];
    // One works, one stands by, one comes up.
    const collectors = await Promise.all(Array.from({ length: 3 }, () => startCollector(program, lanes)));
    const batches = await begin(...lanes);
    const hits = await strikeAtMoments(batches, {
      ...{ count: MOMENTS, random },
      fault: async () => {
        await collectors.shift()?.kill();
        collectors.push(await startCollector(program, lanes));
      },
    });
    await untilDone(batches);
    await Promise.all(collectors.map((collector) => collector.stop()));
    for (const batch of batches) {
      await expectEquality(batch, await readQueue(batch), batch.lane.isRedis ? 0 : MOMENTS * MOST_AFTER_MARK);
    }
    expect(hits).toBe(MOMENTS);
  });

  test("cut the connection to the broker", async () => {
    const [redisProxy, rabbitmqProxy] = await Promise.all([
      startTcpProxy(redis.port),
      startTcpProxy(rabbitmq.port),
    ]);
    const end = new AbortController();
    const runs = [
      onRedis.run(end.signal, { port: redisProxy.port, leaseMs: LEASE_MS }),
      onRabbitmq.run(end.signal, { port: rabbitmqProxy.port, leaseMs: LEASE_MS }),
    ];
    const batches = await begin(onRedis, onRabbitmq);
    const hits = await Promise.all(
      [redisProxy, rabbitmqProxy].map((proxy, index) =>
        strikeAtMoments(batches.slice(index, index + 1), {
          ...{ count: MOMENTS, random },
          fault: () => proxy.cut(),
        }),
      ),
    );
    await untilDone(batches);
    end.abort();
    await Promise.all(runs);
    await Promise.all([redisProxy.stop(), rabbitmqProxy.stop()]);
    for (const batch of batches) {
      await expectEquality(batch, await readQueue(batch), batch.lane.isRedis ? 0 : MOMENTS * MOST_AFTER_MARK);
    }
    expect(hits).toEqual([MOMENTS, MOMENTS]);
  });

  test("restart the database", async () => {
    const end = new AbortController();
    const runs = [
      onRedis.run(end.signal, { leaseMs: LEASE_MS }),
      onRabbitmq.run(end.signal, { leaseMs: LEASE_MS }),
    ];
    const batches = await begin(onRedis, onRabbitmq);
    const hits = await strikeAtMoments(batches, {
      ...{ count: MOMENTS, random },
      fault: async () => {
        if (random() < 0.5) await postgres.kill();
        await postgres.restart();
      },
    });
    await untilDone(batches);
    end.abort();
    await Promise.all(runs);
    // Nothing of it is in doubt: broker and collector were there all the time.
    for (const batch of batches) await expectEquality(batch, await readQueue(batch), 0);
    expect(hits).toBe(MOMENTS);
  });

  test("kill -9 Redis, which writes to disk before it answers", async () => {
    const end = new AbortController();
    const run = onRedis.run(end.signal, { leaseMs: LEASE_MS });
    const batches = await begin(onRedis);
    const hits = await strikeAtMoments(batches, {
      ...{ count: MOMENTS, random },
      fault: async () => {
        await redis.kill();
        await redis.restart();
      },
    });
    await untilDone(batches);
    end.abort();
    await run;
    for (const batch of batches) await expectEquality(batch, await readQueue(batch), 0);
    expect(hits).toBe(MOMENTS);
  });

  test("kill -9 RabbitMQ", async () => {
    const end = new AbortController();
    const run = onRabbitmq.run(end.signal, { leaseMs: LEASE_MS });
    const batches = await begin(onRabbitmq);
    const hits = await strikeAtMoments(batches, {
      ...{ count: RABBITMQ_DEATHS, random },
      fault: async () => {
        await rabbitmq.kill();
        await rabbitmq.restart();
      },
    });
    await untilDone(batches);
    end.abort();
    await run;
    for (const batch of batches) {
      await expectEquality(batch, await readQueue(batch), RABBITMQ_DEATHS * MOST_UNCONFIRMED);
    }
    expect(hits).toBe(RABBITMQ_DEATHS);
  });
});

function startCollector(program: readonly string[], lanes: readonly FaultLane[]): Promise<RunningProcess> {
  return startProcess({
    command: process.execPath,
    args: [...program, String(LEASE_MS), ...lanes.map(({ address }) => JSON.stringify(address))],
    env: { LOG_LEVEL: "warn" },
  });
}
