"use client";

import { useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { TABLE } from "@/components/ui/table";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import type { Task } from "@/lib/api/schemas/tasks";
import { describeNeverRun } from "./never-ran";
import { COLUMN_LOOKS, TASK_COLUMNS, TASK_TABLE_FEATURES } from "./task-columns";
import type { TaskSelection } from "./use-task-selection";

const ROW_PX = 36;
const NARROW_ROW_PX = 56;
const OVERSCAN = 16;

export interface TaskTableHandle {
  scrollToIndex: (index: number) => void;
}

interface TaskTableProps {
  tasks: Task[];
  selection: TaskSelection;
  /** Old rows shown while others load. */
  isDimmed: boolean;
  ref: Ref<TaskTableHandle>;
}

/** The rows of tasks; only those in view exist in the page, however many are loaded. */
export function TaskTable({ tasks, selection, isDimmed, ref }: TaskTableProps) {
  const table = useTable({
    features: TASK_TABLE_FEATURES,
    columns: TASK_COLUMNS,
    data: tasks,
    getRowId: (task) => task.id,
  });
  const rows = table.getRowModel().rows;
  // The result table keeps exceptions where the list does not read; a column of nothing would take a third of the room.
  const hasExceptions = tasks.some(
    (task) => task.exception !== null || task.redispatchedAs !== null || describeNeverRun(task) !== null,
  );
  const { body, virtualizer } = useRowWindow(rows.length);
  const lastTicked = useRef<number | null>(null);
  useImperativeHandle(ref, () => ({
    scrollToIndex: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
  }));

  function tick(index: number, event?: Event) {
    const id = tasks[index]?.id;
    if (id === undefined) return;
    const isRange = event instanceof MouseEvent && event.shiftKey && lastTicked.current !== null;
    if (isRange && lastTicked.current !== null) {
      const [first, last] = [Math.min(lastTicked.current, index), Math.max(lastTicked.current, index)];
      selection.setMany(
        tasks.slice(first, last + 1).map((task) => task.id),
        true,
      );
    } else selection.toggle(id);
    lastTicked.current = index;
  }

  const items = virtualizer.getVirtualItems();
  const offset = virtualizer.options.scrollMargin;
  const above = (items[0]?.start ?? offset) - offset;
  const below = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset);
  const isAllTicked = tasks.length > 0 && tasks.every((task) => selection.has(task.id));
  return (
    <table
      data-without-exceptions={hasExceptions ? undefined : true}
      className={classNames(
        TABLE.table,
        "group/table table-fixed transition-opacity",
        isDimmed && "opacity-50",
      )}
      aria-rowcount={rows.length + 1}
      aria-busy={isDimmed}
    >
      <caption className="sr-only">Tasks</caption>
      <thead className="sticky top-[calc(var(--nav-height)+var(--strip-height)+2.75rem)] z-10">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
            <th scope="col" className={classNames(TABLE.head, "w-10")}>
              <Checkbox
                label="Select all loaded tasks"
                checked={isAllTicked}
                indeterminate={!isAllTicked && !selection.isEmpty}
                onChange={(checked) =>
                  selection.setMany(
                    tasks.map((task) => task.id),
                    checked,
                  )
                }
              />
            </th>
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                className={classNames(TABLE.head, COLUMN_LOOKS[header.id]?.className)}
              >
                <table.FlexRender header={header} />
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody ref={body}>
        <Spacer height={above} />
        {items.map(({ index }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const isTicked = selection.has(row.id);
          return (
            <tr
              key={row.id}
              data-row-index={index}
              aria-rowindex={index + 2}
              aria-selected={isTicked}
              className={classNames(
                TABLE.row,
                "focus-within:bg-hover max-sm:h-14",
                isTicked && "bg-selected hover:bg-selected focus-within:bg-selected",
              )}
            >
              <td className={TABLE.cell}>
                <Checkbox
                  label={`Select ${row.original.name ?? "task"} ${row.id}`}
                  checked={isTicked}
                  onChange={(_, event) => tick(index, event)}
                />
              </td>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={classNames(TABLE.cell, COLUMN_LOOKS[cell.column.id]?.className)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          );
        })}
        <Spacer height={below} />
      </tbody>
    </table>
  );
}

/** Keeps the place of rows that are not rendered. */
function Spacer({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} /> : null;
}

function useRowWindow(count: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const rowPx = useIsNarrow() ? NARROW_ROW_PX : ROW_PX;
  useLayoutEffect(() => {
    if (body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin: top,
    // The sticky lines above would cover a row that is scrolled to the very top.
    scrollPaddingStart: 170,
    scrollPaddingEnd: 60,
  });
  useLayoutEffect(() => {
    if (rowPx > 0) virtualizer.measure();
  }, [rowPx, virtualizer]);
  return { body, virtualizer };
}
