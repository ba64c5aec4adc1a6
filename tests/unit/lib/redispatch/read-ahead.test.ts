import { expect, test } from "vitest";
import { readAhead } from "@/lib/redispatch/read-ahead";

test("the next item is being made while one is used, no more than one", async () => {
  const log: string[] = [];
  async function* make() {
    for (let item = 0; item < 3; item++) {
      log.push(`made ${item}`);
      yield item;
    }
  }
  for await (const item of readAhead(make())) {
    // What was begun with the item gets its turn.
    await Promise.resolve();
    log.push(`used ${item}`);
  }
  expect(log).toEqual(["made 0", "made 1", "used 0", "made 2", "used 1", "used 2"]);
});

test("an error comes in its turn, after the items before it", async () => {
  async function* make() {
    yield 1;
    throw new Error("the database went away");
  }
  const used: number[] = [];
  await expect(async () => {
    for await (const item of readAhead(make())) {
      await new Promise((resolve) => setImmediate(resolve));
      used.push(item);
    }
  }).rejects.toThrow("the database went away");
  expect(used).toEqual([1]);
});

test("whoever stops early ends the making", async () => {
  let isEnded = false;
  async function* make() {
    try {
      for (let item = 0; ; item++) yield item;
    } finally {
      isEnded = true;
    }
  }
  for await (const item of readAhead(make())) if (item === 3) break;
  expect(isEnded).toBe(true);
});
