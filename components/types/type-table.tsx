"use client";

import { classNames } from "@/components/ui/class-names";
import { SortHeader } from "@/components/ui/sort-header";
import { TABLE } from "@/components/ui/table";
import type { TaskTypePage } from "@/lib/api/schemas/task-types";
import type { TypeSort } from "./sort-types";
import { TypeRow } from "./type-row";
import type { TypeRowData } from "./type-row-data";

interface TypeTableProps {
  rows: readonly TypeRowData[];
  range: TaskTypePage["range"];
  sort: TypeSort;
  onSort: (sort: TypeSort) => void;
}

const NUMBER = "text-right";
const COLUMNS: readonly { title: string; sort: TypeSort | null; className?: string }[] = [
  { title: "Task", sort: "name" },
  { title: "Throughput", sort: null, className: "w-30 max-lg:hidden" },
  { title: "Rate", sort: "rate", className: classNames(NUMBER, "w-24 max-sm:w-20") },
  { title: "Failed", sort: "failures", className: classNames(NUMBER, "w-24 max-sm:w-20 max-sm:pr-4") },
  { title: "p50", sort: "p50", className: classNames(NUMBER, "w-24 max-md:hidden") },
  { title: "p95", sort: "p95", className: classNames(NUMBER, "w-24 max-sm:hidden") },
  { title: "p99", sort: "p99", className: classNames(NUMBER, "w-24 max-md:hidden") },
  { title: "Workers", sort: null, className: classNames(NUMBER, "w-22 max-lg:hidden") },
  { title: "Last called", sort: "called", className: classNames(NUMBER, "w-28 max-xl:hidden") },
];

/** A row a type; a column's head sorts by it. */
export function TypeTable({ rows, range, sort, onSort }: TypeTableProps) {
  return (
    <table className={classNames(TABLE.table, "table-fixed [&_tbody>tr:last-child>td]:border-b-0")}>
      <caption className="sr-only">Task types</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => {
            const { title, sort: own, className } = column;
            if (own === null) {
              return (
                <th key={title} scope="col" className={classNames(TABLE.head, className)}>
                  {title}
                </th>
              );
            }
            const direction = own === "name" ? "ascending" : "descending";
            return (
              <SortHeader
                key={title}
                title={title}
                className={className}
                direction={own === sort ? direction : null}
                onSort={() => onSort(own)}
              />
            );
          })}
          <th scope="col" className={classNames(TABLE.head, "w-16 max-md:hidden")}>
            <span className="sr-only">Its tasks</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TypeRow key={row.type.name} row={row} from={range.from} />
        ))}
      </tbody>
    </table>
  );
}
