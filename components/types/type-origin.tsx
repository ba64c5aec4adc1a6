import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { TaskType } from "@/lib/api/schemas/task-types";
import { formatCounted } from "@/lib/format/count";

const NAMED_WORKERS = 4;

/** When a type was called, and where it is registered. */
export function TypeOrigin({ type: { lastSeenAt, registeredOn } }: { type: TaskType }) {
  return (
    <>
      {lastSeenAt === null ? (
        "Not called since Celeriac listens"
      ) : (
        <>
          Last called <Instant at={lastSeenAt} form="age" />
        </>
      )}
      {" · "}
      {registeredOn.length === 0 ? "registered on no worker that is online" : "registered on "}
      {registeredOn.slice(0, NAMED_WORKERS).map((hostname, index) => (
        <span key={hostname}>
          {index === 0 ? null : ", "}
          <Link href={toWorkerHref(hostname)} className="rounded text-ink underline underline-offset-2">
            {hostname}
          </Link>
        </span>
      ))}
      {registeredOn.length > NAMED_WORKERS
        ? ` and ${formatCounted(registeredOn.length - NAMED_WORKERS, "worker")} more`
        : null}
    </>
  );
}
