import { expect, test } from "vitest";
import { isKnownHost } from "@/lib/http/known-host";

test.each([
  "localhost:5555",
  "127.0.0.1:5555",
  "[::1]:5555",
  "10.0.0.7",
  "celery.example.org:443",
  "CELERY.example.org",
])("knows %s", (host) => {
  expect(isKnownHost(host, ["0.0.0.0", "celery.example.org"])).toBe(true);
});

test.each([
  null,
  "",
  "evil.example",
  "localhost.evil.example:5555",
  "a b",
  "user@localhost",
  "localhost:port",
])("does not know %s", (host) => {
  expect(isKnownHost(host, ["127.0.0.1"])).toBe(false);
});
