import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { TABLE } from "./table";

interface DataColumn {
  title: string;
  /** Its width, and from which screen on it is shown. */
  className?: string;
  /** The title is read to screen readers alone: a column of buttons. */
  isTitleHidden?: boolean;
}

interface DataTableProps {
  /** Read to screen readers. */
  caption: string;
  columns: readonly DataColumn[];
  /** A cell before the first column's title: a checkbox. */
  leading?: ReactNode;
  className?: string;
  /** The rows. */
  children: ReactNode;
}

/** A dense table of known columns, edge to edge within a panel. */
export function DataTable({ caption, columns, leading, className, children }: DataTableProps) {
  return (
    <table
      className={classNames(
        TABLE.table,
        "table-fixed [&_tbody>tr:last-child>*]:border-b-0",
        // Its corners are those of the panel where nothing stands above it.
        "[&_th:first-child]:rounded-tl-lg [&_th:last-child]:rounded-tr-lg",
        className,
      )}
    >
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {leading === undefined ? null : (
            <th scope="col" className={classNames(TABLE.head, "w-10")}>
              {leading}
            </th>
          )}
          {columns.map(({ title, className: look, isTitleHidden }) => (
            <th key={title} scope="col" className={classNames(TABLE.head, look)}>
              {isTitleHidden ? <span className="sr-only">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
