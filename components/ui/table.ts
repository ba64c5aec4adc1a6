/** Classes of a dense table: 36 px rows, a header that stays, numbers that line up. */
export const TABLE = {
  table: "w-full border-separate border-spacing-0 text-sm",
  head: "h-8 border-b bg-surface px-2 text-left font-medium text-ink-faint text-xs first:pl-4 last:pr-4",
  cell: "h-(--row-height) truncate border-b px-2 first:pl-4 last:pr-4",
  row: "hover:bg-hover",
  number: "text-right tabular",
} as const;
