import { describe, expect, it } from "vitest";
import type { ResultCursor } from "@/lib/results/results";
import { orderSql } from "@/lib/results/sql/order-sql";
import { sqliteDialect } from "@/lib/results/sql/sqlite-dialect";

const SHAPE = { hasDateStarted: true, hasPeriodicTaskName: true };

describe("orderSql", () => {
  it("continues after a row in a form that an index on the date can use", () => {
    const order = orderSql(sqliteDialect, "-finishedAt", SHAPE);
    expect(order.orderBy.sql).toBe("date_done DESC, id DESC");
    const after = order.after({ sort: "-finishedAt", value: "2026-03-01 10:00:00", rowId: "7" });
    expect(after.sql).toBe("date_done <= ? AND (date_done < ? OR id < CAST(? AS INTEGER))");
    expect(after.values).toEqual(["2026-03-01 10:00:00", "2026-03-01 10:00:00", "7"]);
  });

  it("puts rows without a name last, and goes on among them", () => {
    const order = orderSql(sqliteDialect, "name", SHAPE);
    expect(order.orderBy.sql).toBe("CASE WHEN task_name IS NULL THEN 1 ELSE 0 END, task_name ASC, id DESC");
    expect(order.after({ sort: "name", value: null, rowId: "7" }).sql).toBe(
      "(task_name IS NULL AND id < CAST(? AS INTEGER))",
    );
  });

  it("orders by nothing but age where the table has no date_started", () => {
    const order = orderSql(sqliteDialect, "-runtime", { ...SHAPE, hasDateStarted: false });
    expect(order.orderBy.sql).not.toContain("date_started");
  });

  it.each<ResultCursor>([
    { sort: "-finishedAt", value: "now()", rowId: "7" },
    { sort: "-finishedAt", value: null, rowId: "7" },
    { sort: "finishedAt", value: "2026-03-01 10:00:00", rowId: "1 OR 1=1" },
    { sort: "-runtime", value: "1e3", rowId: "7" },
    { sort: "name", value: null, rowId: "" },
  ])("refuses the forged cursor %j", (cursor) => {
    expect(() => orderSql(sqliteDialect, cursor.sort, SHAPE).after(cursor)).toThrow(/^cursor: is not one/);
  });
});
