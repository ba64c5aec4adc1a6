import { expect, test } from "vitest";
import { parseRedisOptions } from "@/lib/broker/redis/parse-redis-options";
import { AppError } from "@/lib/errors";

const DEFAULTS = {
  keyPrefix: "",
  separator: "\x06\x16",
  prioritySteps: [0, 3, 6, 9],
  fanoutPrefix: "/{db}.",
  unackedKey: "unacked",
  unackedIndexKey: "unacked_index",
  masterName: null,
  sentinel: { username: null, password: null, tls: false },
};

test.each([
  [{}, DEFAULTS],
  [{ visibility_timeout: 3600, queue_order_strategy: "priority", fanout_patterns: false }, DEFAULTS],
  [{ global_keyprefix: null, fanout_prefix: null }, DEFAULTS],
  [{ fanout_prefix: false }, { ...DEFAULTS, fanoutPrefix: "" }],
  [{ fanout_prefix: "/x{db}." }, { ...DEFAULTS, fanoutPrefix: "/x{db}." }],
  [
    {
      global_keyprefix: "prod:",
      sep: ":",
      priority_steps: [0, 1, 2],
      unacked_key: "u",
      unacked_index_key: "ui",
    },
    {
      ...DEFAULTS,
      keyPrefix: "prod:",
      separator: ":",
      prioritySteps: [0, 1, 2],
      unackedKey: "u",
      unackedIndexKey: "ui",
    },
  ],
  [
    { master_name: "mymaster", sentinel_kwargs: { password: "pw", ssl: true, socket_timeout: 0.1 } },
    { ...DEFAULTS, masterName: "mymaster", sentinel: { username: null, password: "pw", tls: true } },
  ],
])("%j", (given, options) => {
  expect(parseRedisOptions(given)).toEqual(options);
});

test.each([
  [{ global_keyprefix: 1 }, '"global_keyprefix" takes a text'],
  [{ sep: "" }, '"sep" takes a text of at least one character'],
  [
    { priority_steps: "0,3" },
    '"priority_steps" takes a rising list of whole numbers that begins with 0, such as [0, 3, 6, 9]',
  ],
  [{ priority_steps: [] }, '"priority_steps"'],
  [{ priority_steps: [0, 3, 3] }, '"priority_steps"'],
  [{ priority_steps: [3, 6] }, '"priority_steps"'],
  [{ fanout_prefix: 7 }, '"fanout_prefix" takes true, false or a text'],
  [{ fanout_patterns: "yes" }, '"fanout_patterns" takes true or false'],
  [{ master_name: "" }, '"master_name" takes the name of the master'],
  [{ sentinel_kwargs: "s3cret" }, '"sentinel_kwargs" takes an object such as'],
  [{ sentinel_kwargs: { password: 5 } }, '"sentinel_kwargs" takes an object whose password is a text'],
])("a wrong type is named: %j", (given, message) => {
  const parse = () => parseRedisOptions(given);
  expect(parse).toThrow(AppError);
  expect(parse).toThrow(message);
  expect(parse).not.toThrow(/s3cret/);
});
