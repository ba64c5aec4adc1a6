import { afterAll, beforeAll, expect, test } from "vitest";
import { EventBuffer } from "@/lib/collector/event-buffer";
import { EventWriter } from "@/lib/collector/event-writer";
import { KwargWatch } from "@/lib/collector/numbers/kwarg-watch";
import { NumberKeeper } from "@/lib/collector/numbers/number-keeper";
import { RecentRecords } from "@/lib/collector/recent-records";
import { SentTasks } from "@/lib/collector/sent-tasks";
import { StartCount } from "@/lib/collector/start-count";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { countTasks, getTask } from "@/lib/store/tasks";
import { getThroughput } from "@/lib/store/throughput";
import type { DatabaseServer } from "@/tests/support/database-server";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { waitFor } from "@/tests/support/wait-for";

let server: DatabaseServer;
let store: Store;
beforeAll(async () => {
  server = await startPostgresServer();
  store = await openStore(server.url);
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

test("loses and doubles nothing when the store goes away and comes back", async () => {
  const buffer = new EventBuffer();
  const recent = new RecentRecords();
  const writer = new EventWriter({
    ...{ store, buffer, recent, sent: new SentTasks(), starts: new StartCount(() => undefined) },
    ...{ numbers: new NumberKeeper(store), kwargs: new KwargWatch(), wanted: null, notices: null },
  });
  send(buffer, "task-received", 0, 3_000);
  await writer.flushAll();
  expect(writer.oldestReceivedAt).toBeNull();
  // What the server has not written to its log would be lost with it, and that is not what this test is about.
  await waitFor(() => isLogWritten(store));

  await server.kill();
  send(buffer, "task-succeeded", 0, 3_000);
  send(buffer, "task-failed", 3_000, 3_500);
  buffer.add("not json", 1);
  const away = { code: "store_unavailable" };
  await expect(writer.flush()).rejects.toMatchObject(away);
  await expect(writer.flush()).rejects.toMatchObject(away);
  expect(writer.oldestReceivedAt).not.toBeNull();

  await server.restart();
  await writer.flushAll();
  expect(await countTasks(store, {}, 10_000)).toEqual({ count: 3_500, exact: true });
  expect(await countTasks(store, { states: ["SUCCESS"] }, 10_000)).toEqual({ count: 3_000, exact: true });
  expect(await getTask(store, "t2999")).toMatchObject({ name: "pay", state: "SUCCESS", result: "'ok'" });
  const { points } = await getThroughput(store, { minutes: 5, points: 1, now: Date.now() });
  expect(points[0]).toMatchObject({ succeeded: 3_000, failed: 500 });
  expect([[...recent.workers.keys()], writer.malformed, buffer.dropped]).toEqual([["w1"], 1, 0]);
});

async function isLogWritten(store: Store): Promise<boolean> {
  const [row] = await store.client.$queryRaw<{ written: boolean }[]>`
    SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn() AS written`;
  return row?.written ?? false;
}

/** Puts events of the tasks `from` to before `to` into the buffer, ten a message. */
function send(buffer: EventBuffer, type: string, from: number, to: number): void {
  const now = Date.now();
  for (let start = from; start < to; start += 10) {
    const events = Array.from({ length: 10 }, (_, offset) => ({
      ...{ type, uuid: `t${start + offset}`, hostname: "w1", timestamp: now / 1000, pid: 1, clock: 1 },
      ...(type === "task-received" ? { name: "pay", args: "()", kwargs: "{}", retries: 0 } : {}),
      ...(type === "task-succeeded" ? { result: "'ok'", runtime: 0.1 } : {}),
    }));
    const body = Buffer.from(JSON.stringify(events)).toString("base64");
    const envelope = { body, "content-type": "application/json", properties: { body_encoding: "base64" } };
    buffer.add(JSON.stringify(envelope), now);
  }
}
