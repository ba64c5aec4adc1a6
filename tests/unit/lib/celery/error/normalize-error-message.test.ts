import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizeErrorMessage } from "@/lib/celery/error/normalize-error-message";
import { hostileText } from "../wire-values";

describe("what differs from task to task is replaced", () => {
  test.each([
    ["order 7 not found", "order <number> not found"],
    ["order-7 of customer_42", "order-<number> of customer_<number>"],
    [
      "worker12 waited 30s, then 1.5 s and 2.5s",
      "worker<number> waited <number>s, then <number> s and <number>s",
    ],
    ["1e-7 and 1,234.50 and 2.5e+10", "<number> and <number> and <number>"],
    ["version 5.6.3 or v5.6.3", "version <number> or v<number>.<number>.<number>"],
    ["request 3fa85f64-5717-4562-b3fc-2c963f66afa6 failed", "request <id> failed"],
    ["charge ch_1NkXY2eZvKYlo2C declined", "charge ch_<id> declined"],
    ["object 507f1f77bcf86cd799439011", "object <hex>"],
    ["<Order object at 0x7f3a2c1b9d30>", "<Order object at <hex>>"],
    ["no such user: 'anna'", "no such user: <text>"],
    ["KeyError \"a\" in b'raw' and `x`", "KeyError <text> in <text> and <text>"],
    ["it can't be that it's 'it's'", "it can't be that it's <text>"],
    ["can't open /srv/shop/data-3/x.csv: no", "can't open <path>: no"],
    ["at C:\\jobs\\a.txt or ~/b or ./c", "at <path> or <path> or <path>"],
    ["and/or, n/a", "and/or, n/a"],
    ["File /srv/app/tasks.py:12", "File <path>:<number>"],
    [
      "http://api7.example.com:8080/v1/charge/9?x=1 said no",
      "http://api<number>.example.com:<number>/<path> said no",
    ],
    ["https://anna:pw@example.com/ said no", "https://example.com/ said no"],
    ["mail to anna.b+x@example.co.uk bounced", "mail to <address> bounced"],
    ["10.0.0.17:6379 and 192.168.1.1 refused", "<address> and <address> refused"],
    ["fe80::1ff:fe23:4567:890a and aa:bb:cc:dd:ee:ff", "<address> and <address>"],
    ["at 2026-03-01T10:02:03.123456+00:00, since 2026-03-01", "at <time>, since <time>"],
    ["at 2026-03-01 10:02 or 10:02:03.5", "at <time> or <time>"],
    ["ids [1, 2, 3] and ('a', 'b')", "ids [<number>, …] and (<text>, …)"],
    ["one\n  two\t three ", "one two three"],
    ["std::vector and Foo::bar", "std::vector and Foo::bar"],
    ["zeitüberschreitung 12 größe 3", "zeitüberschreitung <number> größe <number>"],
  ])("%s", (message, template) => {
    expect(normalizeErrorMessage(message)).toBe(template);
  });
});

test.each(["connection refused", "", "permission denied", "…", "'", "it's"])(
  "%j stays as it is",
  (message) => {
    expect(normalizeErrorMessage(message)).toBe(message);
  },
);

test("the same error of other tasks has the same template, whatever its length", () => {
  const write = (order: number, body: string) => `order ${order} was refused: '${body}' (try ${order + 1})`;
  const templates = [1, 20, 333].map((order) => normalizeErrorMessage(write(order, "x ".repeat(order))));
  expect(new Set(templates)).toEqual(new Set(["order <number> was refused: <text> (try <number>)"]));
  const long = [5_000, 1_000_000].map((size) => normalizeErrorMessage(write(9, "x".repeat(size))));
  expect(new Set(long)).toEqual(new Set(["order <number> was refused: <text>"]));
});

/** Text in which much is variable, and much nearly so. */
function errorText(): fc.Arbitrary<string> {
  const pieces = fc.oneof(
    fc.constantFrom(
      "'",
      '"',
      "`",
      "\\",
      "/",
      ":",
      "::",
      ".",
      ",",
      ", ",
      "-",
      "_",
      "@",
      "://",
      "http://h/",
      "0x",
    ),
    fc.constantFrom(
      "1",
      "42",
      "1.5",
      "7s",
      "a1b",
      "deadbeef1",
      "2026-03-01",
      "10:20",
      "10.0.0.1",
      "<",
      ">",
      "…",
    ),
    fc.constantFrom(
      "word",
      "it's",
      "b'",
      " ",
      "\n",
      "é",
      "😀",
      "<text>",
      "<number>",
      "C:\\x",
      "/a/b",
      "a@b.c",
    ),
    hostileText(),
  );
  return fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
}

test("done twice it changes nothing more, and it is never long", () => {
  fc.assert(
    fc.property(errorText(), (message) => {
      const template = normalizeErrorMessage(message);
      expect(normalizeErrorMessage(template)).toBe(template);
      expect(template.length).toBeLessThanOrEqual(1_000);
    }),
    { numRuns: 3_000 },
  );
});

test("it holds for texts that are longer than what is kept", () => {
  fc.assert(
    fc.property(fc.array(errorText(), { minLength: 20, maxLength: 60 }), (parts) => {
      const template = normalizeErrorMessage(parts.join(" "));
      expect(normalizeErrorMessage(template)).toBe(template);
    }),
    { numRuns: 200 },
  );
});

test.each(["a", "1", "1.", "'a ", " '", "/a", "a.", "\\", "::", "0x", "a@", "1:", "é", " ", "<", "http://"])(
  "a megabyte of %j takes no time",
  (piece) => {
    const message = piece.repeat(1_000_000 / piece.length);
    const startedAt = performance.now();
    normalizeErrorMessage(message);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  },
);
