import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { ScrollArea } from "@/components/ui/scroll-area";
import { toTaskHref } from "@/lib/api/queries/task-params";
import { formatCount } from "@/lib/format/count";

const SHOWN = 100;

/** The ids that a worker will not start; nothing where there are none. */
export function RevokedPanel({ ids }: { ids: readonly string[] | null }) {
  if (ids === null || ids.length === 0) return null;
  return (
    <Panel
      title={
        <>
          Revoked <span className="tabular font-normal text-ink-muted">{formatCount(ids.length)}</span>
        </>
      }
    >
      <ScrollArea label="Revoked ids" className="max-h-64">
        <ul className="flex flex-col gap-1 font-mono text-xs">
          {ids.slice(0, SHOWN).map((id) => (
            <li key={id}>
              <Link href={toTaskHref(id)} className="break-all rounded underline-offset-2 hover:underline">
                {id}
              </Link>
            </li>
          ))}
          {ids.length > SHOWN ? (
            <li className="font-sans text-ink-muted">and {formatCount(ids.length - SHOWN)} more</li>
          ) : null}
        </ul>
      </ScrollArea>
    </Panel>
  );
}
