import { classNames } from "@/components/ui/class-names";
import { TABLE } from "@/components/ui/table";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { QUEUE_RULE_WORDS } from "./block-reasons";

/** What is sent, by task name, with the queue and why that queue. */
export function PreviewByName({ byName }: { byName: Preview["byName"] }) {
  if (byName.length === 0) return null;
  return (
    <section className="overflow-hidden rounded-md border">
      <table className={TABLE.table}>
        <caption className="sr-only">What is sent, by task name</caption>
        <thead>
          <tr>
            <th scope="col" className={TABLE.head}>
              Task
            </th>
            <th scope="col" className={classNames(TABLE.head, TABLE.number)}>
              Tasks
            </th>
            <th scope="col" className={TABLE.head}>
              To queue
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {byName.map((row) => (
            <tr key={`${row.name} ${row.queue} ${row.queueFrom}`}>
              <td className={classNames(TABLE.cell, "break-all font-medium")}>{row.name}</td>
              <td className={classNames(TABLE.cell, TABLE.number)}>{formatCount(row.count)}</td>
              <td className={classNames(TABLE.cell, "whitespace-normal py-1.5")}>
                {row.queue}{" "}
                <span className="text-ink-muted text-xs max-sm:block">{QUEUE_RULE_WORDS[row.queueFrom]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
