"use client";

import { DataTable } from "@/components/ui/data-table";
import type { StuckTask } from "@/lib/api/schemas/stuck";
import { StuckRow } from "./stuck-row";

const COLUMNS = [
  { title: "Reason", className: "w-36 max-md:hidden" },
  { title: "Task", className: "w-72 max-lg:w-56 max-md:w-auto" },
  { title: "What is the matter", className: "max-md:hidden" },
  { title: "Worker", className: "w-48 max-xl:hidden" },
  { title: "For", className: "w-24 text-right max-md:hidden" },
  { title: "What helps", className: "w-34 max-md:w-32", isTitleHidden: true },
] as const;

/** A row a task, the longest stuck first. */
export function StuckTable({ tasks }: { tasks: readonly StuckTask[] }) {
  return (
    <DataTable caption="Stuck tasks" columns={COLUMNS}>
      {tasks.map((task) => (
        <StuckRow key={task.id} task={task} />
      ))}
    </DataTable>
  );
}
