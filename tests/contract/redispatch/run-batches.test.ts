import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { AppError } from "@/lib/errors";
import { moveBatch } from "@/lib/store/batches";
import { listRedispatches } from "@/lib/store/redispatch-links";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "@/tests/contract/store/make-task";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { DispatchStage } from "./dispatch-stage";

describe.each(["sqlite", "postgresql"] as const)("batches run over Redis, store on %s", (provider) => {
  let stage: DispatchStage;
  beforeAll(async () => {
    stage = await DispatchStage.open(provider);
  });
  afterEach(() => stage.stopRunners());
  afterAll(() => stage.close());

  test("each task goes once, with its args, under the new id that was stored before", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(1_200, { queue, kwargs: "{'k': 1.0}" });
    const { snapshot, summary } = await stage.preview([...ids, ...ids]);
    expect(summary).toMatchObject({ total: 1_200, ready: 1_200, blocked: [] });
    const id = await stage.start(snapshot);
    stage.run();
    const done = await stage.until(id, (batch) => batch.state === "done");
    expect(done).toMatchObject({ dispatched: 1_200, skipped: 0, failed: 0, error: null, position: 1_200 });
    const messages = await stage.readQueue(queue);
    expect(messages.map((message) => message.customHeaders.get("redispatched_from"))).toEqual(ids);
    expect(messages.map((message) => message.args && writeWireJson(message.args))).toEqual(
      ids.map((_, index) => `[${index}]`),
    );
    const links = await listRedispatches(stage.store, ids);
    expect(messages.map((message) => message.id)).toEqual(ids.map((one) => links.get(one)?.[0]?.newId));
    const [first] = messages;
    expect(first).toMatchObject({
      task: "shop.tasks.send_mail",
      argsRepr: "(0,)",
      kwargsRepr: "{'k': 1.0}",
      problems: [],
    });
    expect(first?.kwargs && writeWireJson(first.kwargs)).toBe('{"k": 1.0}');
    expect(first?.customHeaders.get("redispatched_by")).toBe("anna");
    expect(await stage.broker.getDispatchProgress(id)).toEqual({ position: 1_200, doubtful: 0 });
  });

  test("a second preview blocks what was sent, and sends it only when asked", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(3, { queue });
    stage.run();
    const first = await stage.start((await stage.preview(ids)).snapshot);
    await stage.until(first, (batch) => batch.state === "done");
    const again = await stage.preview(ids);
    expect(again.summary).toMatchObject({
      ready: 0,
      blocked: [{ reason: "already-redispatched", count: 3, exampleIds: ids }],
    });
    const nothing = await stage.start(again.snapshot);
    const done = await stage.until(nothing, (batch) => batch.state === "done");
    expect(done).toMatchObject({ total: 3, dispatched: 0, skipped: 3 });
    expect(await stage.readQueue(queue)).toHaveLength(3);
    const asked = await stage.preview(ids, { includeRedispatched: true });
    const more = await stage.start(asked.snapshot, { includeRedispatched: true });
    await stage.until(more, (batch) => batch.state === "done");
    expect(await stage.readQueue(queue)).toHaveLength(6);
    expect((await listRedispatches(stage.store, ids)).get(ids[0] ?? "")).toHaveLength(2);
  });

  test("what has changed since the preview is skipped with the reason", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(4, { queue });
    const { snapshot } = await stage.preview(ids);
    const [changed = "", running = "", gone = ""] = ids;
    await upsertTasks(stage.store, [
      makeTask({ id: changed, state: "FAILURE", queue, stateAt: 1_795_000_099_000 }),
      makeTask({ id: running, state: "STARTED", queue }),
    ]);
    await stage.store.client.$executeRaw`DELETE FROM task_slice_1 WHERE id = ${gone}`;
    const id = await stage.start(snapshot);
    stage.run();
    const done = await stage.until(id, (batch) => batch.state === "done");
    expect(done).toMatchObject({ dispatched: 1, skipped: 3 });
    expect(await stage.listReasons(id)).toEqual({
      [changed]: "changed",
      [running]: "changed",
      [gone]: "gone",
    });
  });

  test("a snapshot is started for its own selection only", async () => {
    const ids = await stage.failTasks(2);
    const { snapshot } = await stage.preview(ids);
    const other = stage.start(snapshot, { selection: { ids: ids.slice(1) } });
    await expect(other).rejects.toMatchObject({ code: "unprocessable" });
    expect(await stage.start(snapshot, { selection: { ids: [...ids].reverse() } })).toBe(snapshot);
    await moveBatch(stage.store, snapshot, "cancel");
  });

  test("a countdown becomes an eta", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(1, { queue });
    const before = Date.now();
    const id = await stage.start((await stage.preview(ids)).snapshot, { countdownSeconds: 60 });
    stage.run();
    await stage.until(id, (batch) => batch.state === "done");
    const [message] = await stage.readQueue(queue);
    const eta = Date.parse(message?.eta ?? "");
    expect(eta).toBeGreaterThanOrEqual(before + 60_000 - 1);
    expect(eta).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  test("a rate is kept; pause, resume and cancel take effect within a second", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(200, { queue });
    const id = await stage.start((await stage.preview(ids)).snapshot, { ratePerSecond: 40 });
    stage.run();
    const startedAt = performance.now();
    await stage.until(id, (batch) => batch.dispatched >= 40);
    expect(performance.now() - startedAt).toBeGreaterThan(600);
    await moveBatch(stage.store, id, "pause");
    const pauseMs = startStopwatch();
    await waitFor(
      async () => (await stage.store.client.batch.findUnique({ where: { id } }))?.leaseOwner === null,
    );
    expect(pauseMs()).toBeLessThan(1_000);
    const atPause = await stage.readQueue(queue);
    expect((await stage.get(id)).dispatched).toBe(atPause.length);
    await moveBatch(stage.store, id, "resume");
    const resumeMs = startStopwatch();
    await stage.until(id, (batch) => batch.dispatched > atPause.length);
    expect(resumeMs()).toBeLessThan(1_500);
    await moveBatch(stage.store, id, "cancel");
    await waitFor(
      async () => (await stage.store.client.batch.findUnique({ where: { id } }))?.leaseOwner === null,
    );
    const atCancel = await stage.readQueue(queue);
    const cancelled = await stage.get(id);
    expect(cancelled).toMatchObject({ state: "cancelled", dispatched: atCancel.length });
    expect(cancelled.skipped).toBe(200 - atCancel.length);
    expect(atCancel.length).toBeLessThan(200);
  });

  test("two collectors and two batches of the same tasks send each task once", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(2_000, { queue });
    const previews = await Promise.all([stage.preview(ids), stage.preview([...ids].reverse())]);
    stage.run();
    stage.run();
    const batches = await Promise.all(previews.map(({ snapshot }) => stage.start(snapshot)));
    const done = await Promise.all(batches.map((id) => stage.until(id, (batch) => batch.state === "done")));
    expect(done.reduce((sum, batch) => sum + batch.dispatched, 0)).toBe(2_000);
    const messages = await stage.readQueue(queue);
    expect(new Set(messages.map((message) => message.customHeaders.get("redispatched_from")))).toEqual(
      new Set(ids),
    );
    expect(messages).toHaveLength(2_000);
  });

  test("answers lost and connections cut at any moment lose and double nothing", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(3_000, { queue });
    const id = await stage.start((await stage.preview(ids)).snapshot, { ratePerSecond: 3_000 });
    let calls = 0;
    // The real broker, whose word doesn't always arrive: before the sending or after it.
    stage.run({
      ...stage.broker,
      async publishTasks(tasks, mark) {
        calls += 1;
        if (calls % 3 === 1) throw new AppError("broker_unavailable", "cut before");
        const failures = await stage.broker.publishTasks(tasks, mark);
        if (calls % 3 === 2) throw new AppError("broker_unavailable", "cut after");
        return failures;
      },
    });
    await stage.until(id, (batch) => batch.state === "done");
    const messages = await stage.readQueue(queue);
    expect(messages.map((message) => message.customHeaders.get("redispatched_from"))).toEqual(ids);
    expect(await stage.get(id)).toMatchObject({ dispatched: 3_000, error: null });
    expect(calls).toBeGreaterThan(5);
  });

  test("a broker that is killed is waited for, and the batch says so", async () => {
    const queue = stage.newQueue();
    const ids = await stage.failTasks(600, { queue });
    const id = await stage.start((await stage.preview(ids)).snapshot, { ratePerSecond: 200 });
    stage.run();
    await stage.until(id, (batch) => batch.dispatched > 50);
    await stage.redis.kill();
    const held = await stage.until(id, (batch) => batch.error !== null);
    expect(held.state).toBe("running");
    await stage.redis.restart();
    await stage.until(id, (batch) => batch.state === "done");
    const messages = await stage.readQueue(queue);
    expect(messages.map((message) => message.customHeaders.get("redispatched_from"))).toEqual(ids);
  });

  test("a queue name that is another kind of key fails the batch, which says why", async () => {
    const ids = await stage.failTasks(2);
    const preview = await stage.preview(ids, { queue: "_kombu.binding.celery" });
    await stage.broker.publishTasks([], null);
    const other = await stage.failTasks(1, { queue: "celery" });
    stage.run();
    const first = await stage.start((await stage.preview(other)).snapshot);
    await stage.until(first, (batch) => batch.state === "done");
    const id = await stage.start(preview.snapshot);
    const failed = await stage.until(id, (batch) => batch.state === "failed" && batch.chunkEnd === null);
    expect(failed.error).toContain("_kombu.binding.celery");
    expect(failed).toMatchObject({ dispatched: 0 });
    expect((await stage.preview(ids)).summary.ready).toBe(2);
  });
});
