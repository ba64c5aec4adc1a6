import { ArrowDown, ArrowUp } from "lucide-react";
import { classNames } from "./class-names";
import { TABLE } from "./table";

interface SortHeaderProps {
  title: string;
  /** How the table is sorted by this column, or null. */
  direction: "ascending" | "descending" | null;
  onSort: () => void;
  className?: string;
}

/** The head of a column that sorts its table. */
export function SortHeader({ title, direction, onSort, className }: SortHeaderProps) {
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={direction ?? undefined} className={classNames(TABLE.head, className)}>
      <button
        type="button"
        onClick={onSort}
        className={classNames(
          "group inline-flex items-center gap-0.5 rounded font-medium hover:text-ink",
          direction !== null && "text-ink",
        )}
      >
        {title}
        {direction === null ? null : <Arrow className="size-3 shrink-0" aria-hidden />}
      </button>
    </th>
  );
}
