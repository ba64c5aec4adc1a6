import { describe, expect, it } from "vitest";
import type { ResultCursor, ResultSort } from "@/lib/results/results";
import { oneNameSegment, orderSegments } from "@/lib/results/sql/order-sql";
import { sqliteDialect } from "@/lib/results/sql/sqlite-dialect";

const SHAPE = { hasDateStarted: true, hasPeriodicTaskName: true };

function segments(sort: ResultSort, shape = SHAPE) {
  return orderSegments(sqliteDialect, sort, shape);
}

describe("orderSegments", () => {
  it("continues after a row in a form that an index on the date can use", () => {
    const [only, ...others] = segments("-finishedAt");
    expect(others).toEqual([]);
    expect(only?.condition).toBeNull();
    expect(only?.orderBy.sql).toBe("date_done DESC, id DESC");
    const after = only?.after({ sort: "-finishedAt", value: "2026-03-01 10:00:00", rowId: "7" });
    expect(after?.sql).toBe("date_done <= ? AND (date_done < ? OR id < CAST(? AS INTEGER))");
    expect(after?.values).toEqual(["2026-03-01 10:00:00", "2026-03-01 10:00:00", "7"]);
  });

  it("puts rows without a name last, and goes on among them", () => {
    const [named, nameless] = segments("name");
    expect(named?.condition?.sql).toBe("+task_name IS NOT NULL");
    expect(named?.orderBy.sql).toBe("+task_name ASC, id DESC");
    expect(nameless?.condition?.sql).toBe("task_name IS NULL");
    expect(nameless?.after({ sort: "name", value: null, rowId: "7" }).sql).toBe("id < CAST(? AS INTEGER)");
  });

  it("orders by runtime as by one expression, those without one last", () => {
    const [known, unknown] = segments("-runtime");
    const [runtime = ""] = known?.orderBy.sql.split(" DESC") ?? [];
    expect(known?.condition?.sql).toContain(`${runtime} >= CAST(? AS INTEGER)`);
    expect(unknown?.condition?.sql).toBe(`(${known?.condition?.sql}) IS NOT TRUE`);
    expect(known?.after({ sort: "-runtime", value: "-5", rowId: "7" }).sql).toBe(
      `${runtime} <= CAST(? AS INTEGER) AND (${runtime} < CAST(? AS INTEGER) OR id < CAST(? AS INTEGER))`,
    );
  });

  it("orders by nothing but age where the table has no date_started", () => {
    const all = segments("-runtime", { ...SHAPE, hasDateStarted: false });
    expect(all.map(({ orderBy }) => orderBy.sql)).toEqual(["id DESC"]);
  });

  it("reads one name's rows by the index on the name", () => {
    const segment = oneNameSegment(sqliteDialect, { name: "shop.mail", isAlike: false });
    expect(segment.condition?.sql).toBe("task_name IN (?)");
    expect(segment.orderBy.sql).toBe("id DESC");
    expect(oneNameSegment(sqliteDialect, { name: null, isAlike: false }).condition?.sql).toBe(
      "task_name IS NULL",
    );
  });

  it.each<ResultCursor>([
    { sort: "-finishedAt", value: "now()", rowId: "7" },
    { sort: "-finishedAt", value: null, rowId: "7" },
    { sort: "finishedAt", value: "2026-03-01 10:00:00", rowId: "1 OR 1=1" },
    { sort: "-runtime", value: "1e3", rowId: "7" },
    { sort: "name", value: null, rowId: "" },
  ])("refuses the forged cursor %j", (cursor) => {
    const segment = segments(cursor.sort).at(cursor.value === null ? -1 : 0);
    expect(() => segment?.after(cursor)).toThrow(/^cursor: is not one/);
  });
});
