import { expect, test } from "vitest";
import { maskUrl } from "@/lib/mask-url";

test.each([
  ["redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"],
  ["redis://:s3cret@host:6379/0", "redis://:***@host:6379/0"],
  [
    "rediss://user:s3cret@host/1?ssl_password=s3cret&ssl_cert_reqs=none",
    "rediss://user:***@host/1?ssl_password=***&ssl_cert_reqs=none",
  ],
  ["redis://user:s3cret@s3cret@host", "redis://user:***@host"],
  ["redis://user:s3/cr#t?@host/0", "redis://user:***@host/0"],
  [
    "sentinel://:s3cret@a:26379;sentinel://:s3cret@b:26379/0",
    "sentinel://:***@a:26379;sentinel://:***@b:26379/0",
  ],
  [
    "redis+socket://u:s3cret@/run/redis.sock?virtual_host=1",
    "redis+socket://u:***@/run/redis.sock?virtual_host=1",
  ],
  ["amqp://guest:s3cret@host//", "amqp://guest:***@host//"],
  ["postgresql://me:s3cret@db:5432/app?sslmode=require", "postgresql://me:***@db:5432/app?sslmode=require"],
  ["postgresql://me@db/app?password=s3cret", "postgresql://me@db/app?password=***"],
  ["mysql://me:p%40ss@[::1]:3306/app", "mysql://me:***@[::1]:3306/app"],
  ["postgresql://me:s3cret@db:port/app", "postgresql://me:***@db:port/app"],
  ["file:./db.sqlite3", "file:./db.sqlite3"],
  ["not a url", "not a url"],
])("%s", (url, masked) => {
  expect(maskUrl(url)).toBe(masked);
});
