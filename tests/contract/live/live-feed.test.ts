import { setTimeout as sleep } from "node:timers/promises";
import { createResponse } from "better-sse";
import { beforeAll, expect, test } from "vitest";
import { LiveFeed } from "@/lib/live/live-feed";
import { createLogger } from "@/lib/logger";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { waitFor } from "@/tests/support/wait-for";
import { STORE_DATABASES, withStore } from "../store/open-stores";

const ROUND_MS = 500;

let store: Store;
const [[, startSqlite]] = STORE_DATABASES;
withStore(startSqlite, (opened) => {
  store = opened;
});

beforeAll(() => bumpTopics(store, ["tasks", "queues"]));

test("tells of what moved, once, beside the numbers of each second, and nobody who has left", async () => {
  const feed = new LiveFeed(store, createLogger("live"));
  const first = await listen(feed);
  const second = await listen(feed);
  await waitFor(() => first.hear("stats").length >= 2);
  expect(first.hear("change")).toEqual([]);
  await bumpTopics(store, ["tasks"]);
  await waitFor(() => first.hear("change").length > 0);
  await bumpTopics(store, ["queues", "workers"]);
  await waitFor(() => first.hear("change").length > 1);
  const changes = ['{"topics":["tasks"]}', '{"topics":["queues","workers"]}'];
  expect(first.hear("change")).toEqual(changes);
  await waitFor(() => second.hear("change").length > 1);
  expect(second.hear("change")).toEqual(changes);
  first.leave();
  await bumpTopics(store, ["tasks"]);
  await waitFor(() => second.hear("change").length > 2);
  expect(first.hear("change")).toHaveLength(2);
  second.leave();
});

test("tells who comes when nobody listened what has moved meanwhile", async () => {
  const feed = new LiveFeed(store, createLogger("live"));
  const first = await listen(feed);
  await waitFor(() => first.hear("stats").length > 0);
  first.leave();
  // Its last round is over.
  await sleep(ROUND_MS);
  await bumpTopics(store, ["redispatches"]);
  const second = await listen(feed);
  await waitFor(() => second.hear("change").length > 0);
  expect(second.hear("change")).toEqual(['{"topics":["redispatches"]}']);
  second.leave();
});

/** A browser at the stream; `hear` gives the data of the events of a name so far. */
async function listen(feed: LiveFeed) {
  const connection = new AbortController();
  const request = new Request("http://celeriac/api/v1/stream", { signal: connection.signal });
  const { body } = await createResponse(request, (session) => feed.register(session));
  let text = "";
  void body?.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write: (chunk) => {
        text += chunk;
      },
    }),
  );
  return {
    hear: (name: string) =>
      [...text.matchAll(/^event:\s?(.*)\n(?:id:.*\n)?data:\s?(.*)$/gm)]
        .filter(([, event]) => event === name)
        .map(([, , data]) => data),
    leave: () => connection.abort(),
  };
}
