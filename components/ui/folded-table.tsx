"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { formatCount } from "@/lib/format/count";
import { DataTable } from "./data-table";

const SHOWN_ROWS = 8;

interface FoldedTableProps extends Omit<ComponentProps<typeof DataTable>, "children"> {
  rows: readonly ReactNode[];
}

/** A framed table of which the first rows are shown, and the others on demand. */
export function FoldedTable({ rows, ...table }: FoldedTableProps) {
  const [isWhole, setWhole] = useState(false);
  // One row behind a button takes as much room as the row.
  const shown = isWhole || rows.length <= SHOWN_ROWS + 1 ? rows : rows.slice(0, SHOWN_ROWS);
  return (
    <div className="overflow-hidden rounded-md border">
      <DataTable {...table}>{shown}</DataTable>
      {shown.length < rows.length ? (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="h-9 w-full border-t text-ink-muted text-sm hover:bg-hover hover:text-ink"
        >
          Show all {formatCount(rows.length)}
        </button>
      ) : null}
    </div>
  );
}
