import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { TABLE } from "@/components/ui/table";
import type { Setting } from "@/lib/api/schemas/settings";

const COLUMNS = [
  { title: "Setting", className: "w-72 max-md:w-[45%]" },
  { title: "Value" },
  { title: "From", className: "w-24 max-sm:hidden" },
] as const;

/** The settings in force: read only, since they are given when the server starts. */
export function SettingTable({ settings }: { settings: readonly Setting[] }) {
  return (
    <DataTable caption="Settings in force" columns={COLUMNS}>
      {settings.map(({ name, value, isDefault }) => (
        <tr key={name} className={classNames(TABLE.row, "align-top")}>
          <th
            scope="row"
            className="break-words border-b py-2 pr-2 pl-4 text-left font-mono font-normal text-xs leading-5"
          >
            {name}
          </th>
          <td className="break-all border-b px-2 py-2 max-sm:pr-4">
            {value === null ? (
              <span className="text-ink-faint">none</span>
            ) : (
              <span className="font-mono text-xs leading-5">{value}</span>
            )}
            <span className="block text-ink-muted text-xs sm:hidden">{isDefault ? "default" : "set"}</span>
          </td>
          <td className="border-b py-2 pr-4 pl-2 text-ink-muted max-sm:hidden">
            {isDefault ? "default" : "set"}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
