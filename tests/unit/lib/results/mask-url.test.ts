import { expect, it } from "vitest";
import { maskUrl } from "@/lib/results/mask-url";

it.each([
  ["postgresql://me:s3cret@db:5432/app?sslmode=require", "postgresql://me:***@db:5432/app?sslmode=require"],
  ["postgresql://me@db/app?password=s3cret", "postgresql://me@db/app?password=***"],
  ["mysql://me:p%40ss@[::1]:3306/app", "mysql://me:***@[::1]:3306/app"],
  ["file:./db.sqlite3", "file:./db.sqlite3"],
  ["postgresql://me:s3cret@db:port/app", "***"],
])("masks %s", (url, masked) => {
  expect(maskUrl(url)).toBe(masked);
});
