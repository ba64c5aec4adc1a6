import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Instant } from "@/components/ui/instant";
import { TABLE } from "@/components/ui/table";
import type { Action } from "@/lib/api/schemas/control";
import { ActionOutcome } from "./action-outcome";
import { ActionTarget } from "./action-target";
import { describeAction } from "./describe-action";

const COLUMNS = [
  { title: "When", className: "w-36 max-sm:w-24" },
  { title: "Who", className: "w-28 max-md:hidden" },
  { title: "What", className: "w-[28%] max-sm:w-auto" },
  { title: "Target", className: "w-[22%] max-sm:hidden" },
  { title: "Outcome", className: "w-28" },
  { title: "Answer", className: "max-lg:hidden" },
] as const;

/** Who did what to the cluster, and what came of it. */
export function ActionTable({ actions }: { actions: readonly Action[] }) {
  return (
    <DataTable caption="Activity" columns={COLUMNS}>
      {actions.map((action) => (
        <ActionRow key={action.id} action={action} />
      ))}
    </DataTable>
  );
}

function ActionRow({ action }: { action: Action }) {
  const deed = describeAction(action);
  return (
    <tr className={classNames(TABLE.row, "max-lg:[&>td]:h-14")}>
      <td className={classNames(TABLE.cell, "text-ink-muted")}>
        <Instant at={action.at} />
      </td>
      <td className={classNames(TABLE.cell, "max-md:hidden")}>{action.actor}</td>
      <td className={TABLE.cell} title={deed}>
        <span className="font-medium">{deed}</span>
        <span className="block truncate text-ink-muted text-xs sm:hidden">
          <ActionTarget action={action} />
        </span>
        <span className="block truncate text-ink-muted text-xs max-sm:hidden lg:hidden">{action.result}</span>
      </td>
      <td className={classNames(TABLE.cell, "max-sm:hidden")}>
        <ActionTarget action={action} />
      </td>
      <td className={TABLE.cell} title={action.result ?? undefined}>
        <ActionOutcome succeeded={action.succeeded} />
      </td>
      <td
        className={classNames(TABLE.cell, "text-ink-muted max-lg:hidden")}
        title={action.result ?? undefined}
      >
        {action.result}
      </td>
    </tr>
  );
}
