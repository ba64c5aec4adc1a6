import { expect, test } from "vitest";
import { taskListQuerySchema } from "@/lib/api/schemas/tasks";
import { parseQuery } from "@/lib/http/parse-query";

const parse = (text: string) => parseQuery(new URLSearchParams(text), taskListQuerySchema);

test("repeats become lists, empty values count as absent, defaults are filled in", () => {
  expect(parse("state=FAILURE&state=RETRY&name=&limit=10&q=boom")).toEqual({
    state: ["FAILURE", "RETRY"],
    limit: 10,
    q: "boom",
  });
  expect(parse("").limit).toBe(50);
});

test.each([
  ["stat=FAILURE", "stat: no such parameter; this takes source, state, name"],
  ["limit=0", "limit: "],
  ["limit=201", "limit: "],
  ["from=yesterday", "from: "],
  ["q=ab", "q: takes at least 3 characters"],
  ["sort=id", "sort: "],
  ["name=a%00b", "name: holds a NUL"],
])("%s is refused, naming the parameter", (text, message) => {
  expect(() => parse(text)).toThrow(message);
});
