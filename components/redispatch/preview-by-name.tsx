import { PencilLine } from "lucide-react";
import { BreakableName } from "@/components/ui/breakable-name";
import { classNames } from "@/components/ui/class-names";
import { FoldedTable } from "@/components/ui/folded-table";
import { TABLE } from "@/components/ui/table";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { QUEUE_RULE_WORDS } from "./block-reasons";
import type { PatchEffects } from "./use-patch-effects";

interface PreviewByNameProps {
  byName: Preview["byName"];
  /** Names whose kwargs the reader changes. */
  patched: ReadonlySet<string>;
  effects: PatchEffects;
  onPatch: (name: string) => void;
}

const COLUMNS = [
  { title: "Task" },
  { title: "Sent", className: "w-20 text-right max-sm:w-16" },
  { title: "Blocked", className: "w-20 text-right max-sm:w-18" },
  { title: "To queue", className: "w-64 max-sm:hidden" },
  { title: "Change kwargs", className: "w-11", isTitleHidden: true },
] as const;

/** The tasks by name and queue: how many are sent, how many not, where they go and why there. */
export function PreviewByName({ byName, patched, effects, onPatch }: PreviewByNameProps) {
  return (
    <FoldedTable
      caption="The tasks by name"
      columns={COLUMNS}
      rows={byName.map((row) => (
        <tr key={`${row.name} ${row.queue} ${row.queueFrom}`} className="[&>td]:h-11">
          <td className={classNames(TABLE.cell, "max-sm:py-1.5")} title={row.name}>
            <span className="block truncate font-medium max-sm:whitespace-normal max-sm:[overflow-wrap:anywhere]">
              <BreakableName name={row.name} />
            </span>
            <span className="block truncate text-ink-muted text-xs sm:hidden">to {row.queue}</span>
            {patched.has(row.name) && row.count > 0 ? (
              <Patched changed={effects.changed.get(row.name)} />
            ) : null}
          </td>
          <td className={classNames(TABLE.cell, TABLE.number)}>{formatCount(row.count)}</td>
          <td
            className={classNames(
              TABLE.cell,
              TABLE.number,
              row.blocked > 0 ? "text-amber" : "text-ink-faint",
            )}
          >
            {formatCount(row.blocked)}
          </td>
          <td className={classNames(TABLE.cell, "max-sm:hidden")}>
            <span className="block truncate">{row.queue}</span>
            <span className="block truncate text-ink-faint text-xs" title={QUEUE_RULE_WORDS[row.queueFrom]}>
              {QUEUE_RULE_WORDS[row.queueFrom]}
            </span>
          </td>
          <td className={classNames(TABLE.cell, "pl-0")}>
            {row.count === 0 ? null : (
              <button
                type="button"
                title="Change kwargs of all of this name"
                aria-label={`Change kwargs of ${row.name}`}
                onClick={() => onPatch(row.name)}
                className="grid size-7 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
              >
                <PencilLine className="size-3.5" aria-hidden />
              </button>
            )}
          </td>
        </tr>
      ))}
    />
  );
}

function Patched({ changed }: { changed: number | undefined }) {
  return (
    <span className="block truncate text-blue text-xs">
      kwargs changed{changed === undefined ? "" : `: ${formatCount(changed)}`}
    </span>
  );
}
