import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { formatCount } from "@/lib/format/count";

/** The task names that a worker knows; null when it did not say. */
export function RegisteredPanel({ names }: { names: readonly string[] | null }) {
  if (names === null) return null;
  return (
    <Panel
      title="Registered tasks"
      actions={<span className="text-ink-muted">{formatCount(names.length)}</span>}
    >
      <ul className="flex max-h-96 flex-col gap-1 overflow-y-auto text-sm">
        {names.map((name) => (
          <li key={name}>
            <Link
              // An entry may read `name [rate_limit=10/m]`.
              href={toTasksHref({ name: [name.split(" ")[0] ?? name] })}
              className="break-all rounded underline-offset-2 hover:underline"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
