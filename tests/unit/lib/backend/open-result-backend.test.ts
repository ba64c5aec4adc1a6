import { expect, test } from "vitest";
import { toDatabaseUrl } from "@/lib/backend/database/to-database-url";
import { groupBySize } from "@/lib/backend/group-by-size";
import { openResultBackend } from "@/lib/backend/open-result-backend";

test.each([
  ["db+postgresql://ann:p%40ss@db/shop", "postgresql://ann:p%40ss@db/shop"],
  ["db+postgresql+psycopg2://db:5433/shop?sslmode=require", "postgresql://db:5433/shop?sslmode=require"],
  ["db+mysql+pymysql://ann@db/shop", "mysql://ann@db/shop"],
  ["db+sqlite:///celery.db", "file:celery.db"],
  ["db+sqlite:////srv/a b%/celery.db?timeout=30", "file:/srv/a%20b%25/celery.db"],
  ["db+oracle://db/shop", null],
  ["postgresql://db/shop", null],
])("%s is the database %s", (url, expected) => {
  expect(toDatabaseUrl(url)).toBe(expected);
});

test.each([
  ["db+oracle://ann:secret@db/shop", 'got "db+oracle://ann:***@db/shop"; it takes redis://'],
  ["redis://ann:secret@cache:port/0", 'got "redis://ann:***@cache:port/0": the port is not a number'],
])("%s is refused with its secret masked", (url, words) => {
  expect(() => openResultBackend(url)).toThrow(`CELERIAC_RESULT_BACKEND_URL: ${words}`);
});

test("entries are read in groups of at most 200 and 8 MB; empty and larger ones are left out", () => {
  const entries = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, index) => ({ key: `${index}`, bytes }));
  expect(groupBySize(entries(450, 1)).map((group) => group.length)).toEqual([200, 200, 50]);
  expect(groupBySize(entries(5, 3_000_000)).map((group) => group.length)).toEqual([2, 2, 1]);
  expect(
    groupBySize([
      { key: "none", bytes: 0 },
      { key: "huge", bytes: 8_000_001 },
    ]),
  ).toEqual([]);
});
