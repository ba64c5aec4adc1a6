import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResultFilter } from "@/lib/results/results";
import { filterSql } from "@/lib/results/sql/filter-sql";
import { mysqlDialect } from "@/lib/results/sql/mysql-dialect";
import { postgresqlDialect } from "@/lib/results/sql/postgresql-dialect";
import { sqliteDialect } from "@/lib/results/sql/sqlite-dialect";

const DIALECTS = { sqlite: sqliteDialect, postgresql: postgresqlDialect, mysql: mysqlDialect };

describe("filterSql", () => {
  it("writes each field as one condition, joined by and", () => {
    const written = filterSql(sqliteDialect, {
      states: ["FAILURE", "RETRY"],
      names: ["a.*", "b.c"],
      workers: ["w@h"],
      from: 0n,
      to: 1_500_000n,
      text: "50%",
    });
    expect(written.sql).toBe(
      "status IN (?,?) AND (task_name GLOB ? OR task_name IN (?)) AND worker IN (?) AND date_done >= ? AND date_done < ?" +
        " AND (task_args LIKE ? ESCAPE '!' OR task_kwargs LIKE ? ESCAPE '!' OR result LIKE ? ESCAPE '!' OR traceback LIKE ? ESCAPE '!' OR task_id IN (?))",
    );
    expect(written.values).toEqual([
      ...["FAILURE", "RETRY", "a.*", "b.c", "w@h"],
      ...["1970-01-01 00:00:00", "1970-01-01 00:00:01.5"],
      ...["%50!%%", "%50!%%", "%50!%%", "%50!%%", "50%"],
    ]);
  });

  it("searches what JSON escapes as it is stored, too", () => {
    const { values } = filterSql(postgresqlDialect, { text: 'é"\n😀' });
    expect(new Set(values)).toEqual(new Set(['é"\n😀', '%é"\n😀%', '%\\u00e9\\"\\n\\ud83d\\ude00%']));
  });

  it("takes everything without a filter, and nothing for an empty list of ids", () => {
    expect(filterSql(sqliteDialect, {}).sql).toBe("1 = 1");
    expect(filterSql(sqliteDialect, { states: [], names: [], workers: [], text: "" }).sql).toBe("1 = 1");
    expect(filterSql(sqliteDialect, { ids: [] }).sql).toBe("1 = 0");
  });

  it("uses a column's own index on MySQL only where the text exists in every charset", () => {
    expect(filterSql(mysqlDialect, { names: ["a"] }).sql).toBe(
      "((task_name IN (?) AND CAST(CONVERT(task_name USING utf8mb4) AS BINARY) IN (CAST(CONVERT(? USING utf8mb4) AS BINARY))))",
    );
    expect(filterSql(mysqlDialect, { names: ["é"] }).sql).toBe(
      "((CAST(CONVERT(task_name USING utf8mb4) AS BINARY) IN (CAST(CONVERT(? USING utf8mb4) AS BINARY))))",
    );
  });

  it.each(Object.keys(DIALECTS) as (keyof typeof DIALECTS)[])(
    "never puts a value into the text of the SQL on %s",
    (name) => {
      const dialect = DIALECTS[name];
      const texts = fc.array(
        fc.string().map((text) => `«${text.replaceAll("\0", "")}»`),
        { minLength: 1, maxLength: 3 },
      );
      const filters: fc.Arbitrary<ResultFilter> = fc.record({
        states: texts,
        names: texts,
        workers: texts,
        ids: texts,
        text: texts.map((parts) => parts.join("")),
      });
      fc.assert(fc.property(filters, (filter) => !/[«»]/.test(filterSql(dialect, filter).sql)));
    },
  );

  it("refuses what no database can search", () => {
    expect(() => filterSql(sqliteDialect, { names: ["a\0b"] })).toThrow(/NUL/);
    expect(() => filterSql(sqliteDialect, { ids: Array.from({ length: 10_001 }, String) })).toThrow(
      /at most 10000/,
    );
  });
});
