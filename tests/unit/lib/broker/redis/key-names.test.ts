import { expect, test } from "vitest";
import { createKeyNames } from "@/lib/broker/redis/key-names";
import { parseRedisOptions } from "@/lib/broker/redis/parse-redis-options";
import { parseRedisUrl } from "@/lib/broker/redis/parse-redis-url";

function names(url: string, options: Record<string, unknown> = {}) {
  return createKeyNames(parseRedisUrl(url), parseRedisOptions(options));
}

test.each([
  ["redis://h/1", {}, ["/1.celeryev*"], ["/1.celery.pidbox"]],
  ["redis://h/1", { fanout_prefix: false }, ["celeryev*"], ["celery.pidbox"]],
  ["redis://h/1", { fanout_prefix: "/x{db}." }, ["/x1.celeryev*"], ["/x1.celery.pidbox"]],
  ["redis://h/1", { global_keyprefix: "pfx:" }, ["pfx:/1.celeryev*"], ["pfx:/1.celery.pidbox"]],
  [
    "redis://h/1",
    { global_keyprefix: "a[b]*?\\" },
    ["a\\[b\\]\\*\\?\\\\/1.celeryev*"],
    ["a[b]*?\\/1.celery.pidbox"],
  ],
  // kombu before 5.4 never filled the placeholder behind Sentinel.
  ["sentinel://h/1", {}, ["/1.celeryev*", "/{db}.celeryev*"], ["/1.celery.pidbox", "/{db}.celery.pidbox"]],
  ["sentinel://h/1", { fanout_prefix: false }, ["celeryev*"], ["celery.pidbox"]],
])("channels of %s %j", (url, options, events, control) => {
  expect(names(url, options).eventPatterns).toEqual(events);
  expect(names(url, options).controlChannels).toEqual(control);
});

test("keys carry the prefix and the separator", () => {
  const keys = names("redis://h", {
    global_keyprefix: "p:",
    sep: "~",
    unacked_key: "u",
    unacked_index_key: "ui",
  });
  expect(keys.lists("q")).toEqual(["p:q", "p:q~3", "p:q~6", "p:q~9"]);
  expect([0, 2, 3, 8, 9, 99].map((priority) => keys.listFor("q", priority))).toEqual([
    "p:q",
    "p:q",
    "p:q~3",
    "p:q~6",
    "p:q~9",
    "p:q~9",
  ]);
  expect(keys.binding("celery")).toBe("p:_kombu.binding.celery");
  expect(keys.exchangeOf("p:_kombu.binding.a.b")).toBe("a.b");
  expect(keys.unacked).toBe("p:u");
  expect(keys.unackedIndex).toBe("p:ui");
  expect(keys.dispatchMark("7")).toBe("p:celeriac.batch.7");
});
