import { expect, onTestFinished, test } from "vitest";
import { beginChunk } from "@/lib/store/batch-chunks";
import { claimBatch } from "@/lib/store/batch-lease";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import { listRedispatches } from "@/lib/store/redispatch-links";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { makeDraft, makeItem, start } from "./make-draft";

const LEASE_MS = 60_000;

test("a chunk that was begun is there after a PostgreSQL that commits late was killed", async () => {
  // The tests' servers run with synchronous_commit = off, as some of the users' do.
  const server = await startPostgresServer();
  onTestFinished(() => server.stop());
  const store = await openStore(server.url);
  const item = makeItem(0);
  const id = await makeDraft(store, [item]);
  await start(store, id);
  expect(await claimBatch(store, "one", LEASE_MS)).toBe(id);
  const hold = { batchId: id, lease: "one", leaseMs: LEASE_MS };
  await beginChunk(store, hold, { end: 1, count: 1, drop: [] });
  await server.kill();
  await store.close();

  await server.restart();
  const again = await openStore(server.url);
  onTestFinished(() => again.close());
  expect(await getBatch(again, id)).toMatchObject({ state: "running", position: 0, chunkEnd: 1 });
  expect((await listRedispatches(again, ["task-0"])).get("task-0")).toHaveLength(1);
});
