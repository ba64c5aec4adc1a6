import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "@/lib/store/open-store";
import { countTasks, listTasks } from "@/lib/store/tasks";
import { compileProgram } from "@/tests/support/compile-program";
import { startProcess } from "@/tests/support/start-process";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

const READ_PAUSE_MS = 5;

describe.each(STORE_DATABASES)("two processes on one store: %s", (_provider, start) => {
  let database: StoreDatabase;
  let url: string;
  beforeAll(async () => {
    database = await start();
    url = await database.createUrl();
  });
  afterAll(() => database.stop());

  test("both create it, both write and a third reads, with nothing lost and no error", async () => {
    const writers = await Promise.all(["left", "right"].map((prefix) => startWriter(url, prefix, 40)));
    const ended = Promise.all(writers.map((writer) => writer.exited));
    await Promise.all(writers.map((writer) => writer.waitForOutput("open")));
    const store = await openStore(url);
    onTestFinished(() => store.close());
    for (const writer of writers) writer.signal("SIGUSR2");
    let reads = 0;
    while (writers.some((writer) => !writer.hasExited())) {
      await listTasks(store, {}, "-finishedAt", 50, null);
      reads++;
      // Without a pause it would take from the writers the time that it measures them by.
      await delay(READ_PAUSE_MS);
    }
    expect([await ended, writers.map((writer) => writer.output())]).toEqual([
      [0, 0],
      ["open\n", "open\n"],
    ]);
    expect(await countTasks(store, {}, 100_000)).toEqual({ count: 2 * 40 * 200 + 1, exact: true });
    expect(reads).toBeGreaterThan(10);
  });
});

async function startWriter(url: string, prefix: string, batches: number) {
  const writer = await startProcess({
    command: process.execPath,
    args: [
      ...(await compileProgram("tests/contract/store/write-tasks.ts")),
      ...[url, prefix, String(batches)],
    ],
  });
  onTestFinished(() => writer.kill());
  return writer;
}
