import { expect, test } from "vitest";
import {
  describeSelection,
  digestSelection,
  type SelectionFilter,
  writeSelectionQuery,
} from "@/lib/redispatch/selection";

const filter: SelectionFilter = {
  source: "results",
  state: ["FAILURE", "REVOKED"],
  name: ["shop.*"],
  from: "2026-11-01T10:02:00.000Z",
  to: "2026-11-01T16:25:00+05:45",
  q: "Connection",
  sort: "name",
};

test("a filter in words, in UTC", () => {
  expect(describeSelection({ filter })).toBe(
    "tasks with state FAILURE or REVOKED, name shop.*, finished from 2026-11-01 10:02:00 UTC, " +
      'finished before 2026-11-01 10:40:00 UTC, containing "Connection"',
  );
  expect(describeSelection({ filter: {} })).toBe("all tasks");
  expect(describeSelection({ ids: ["a", "b"] })).toBe("2 chosen tasks");
});

test("a filter as the query of the tasks page", () => {
  expect(writeSelectionQuery({ filter })).toBe(
    "source=results&state=FAILURE&state=REVOKED&name=shop.*&from=2026-11-01T10%3A02%3A00.000Z" +
      "&to=2026-11-01T16%3A25%3A00%2B05%3A45&q=Connection",
  );
  expect(writeSelectionQuery({ ids: ["a"] })).toBeNull();
});

test("the digest tells selections apart, not the ways to write one", () => {
  const digest = digestSelection({ filter: { state: ["FAILURE", "REVOKED"], q: "abc" } });
  expect(digestSelection({ filter: { q: "abc", state: ["REVOKED", "FAILURE"], sort: "name" } })).toBe(digest);
  expect(digestSelection({ filter: { q: "abc", state: ["FAILURE"] } })).not.toBe(digest);
  expect(digestSelection({ filter: { state: ["FAILURE"], name: [] } })).not.toBe(digest);
  expect(digestSelection({ ids: ["b", "a", "b"] })).toBe(digestSelection({ ids: ["a", "b"] }));
  expect(digestSelection({ ids: ["a"] })).not.toBe(digestSelection({ ids: ["a", "b"] }));
});
