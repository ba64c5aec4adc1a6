import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TASK } from "./failed-tasks";
import { isStoredWhole, randomCalls, toTestCall } from "./random-calls";
import { RandomStage } from "./random-stage";

const COUNT = 200;
/** Another one by the environment; the default changes with each day. */
const SEED = Number(process.env.CELERIAC_TEST_SEED ?? Math.floor(Date.now() / 86_400_000));
const SAID = `CELERIAC_TEST_SEED=${SEED}`;

describe.each(["newest", "oldest"] as const)(`random calls of the %s Celery, ${SAID}`, (set) => {
  let stage: RandomStage;
  beforeAll(async () => {
    stage = await RandomStage.open(set);
  });
  afterAll(() => stage?.close());

  test("each call that Celery stored whole arrives once more, each value with its type", async () => {
    const calls = fc.sample(randomCalls(), { numRuns: COUNT, seed: SEED });
    const ids = await stage.fail(calls.map((call) => toTestCall(TASK, call)));
    const first = stage.listCalls();
    expect([...first.keys()].toSorted()).toEqual(ids.toSorted());

    const { items, reasons } = await stage.redispatch(ids);
    const again = stage.listCalls();
    expect(again.size).toBe(COUNT + items.length);
    for (const { originalId, newId } of items) {
      const expected = { ...first.get(originalId), id: newId, rootId: newId, parentId: null };
      expect(again.get(newId), `${SAID}: ${originalId}`).toEqual(expected);
    }

    const sent = new Set(items.map(({ originalId }) => originalId));
    const kept = calls.filter((call, index) => isStoredWhole(call) && !sent.has(ids[index] ?? ""));
    expect(kept.map((call) => toTestCall(TASK, call))).toEqual([]);
    expect(reasons).toEqual(new Set(["lossy-args"]));
    // Enough of both, so that the above says something.
    const texts = calls.filter(({ withoutText }) => !withoutText).length;
    expect(COUNT - items.length).toBeGreaterThan(texts / 20);
    expect(items.length).toBeGreaterThan(COUNT / 2);

    // What Celeriac sent is stored whole, whatever it is.
    expect(await stage.countReady(items.map(({ newId }) => newId))).toBe(items.length);
  });
});
