import Link from "next/link";
import type { ReactNode } from "react";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { TaskType, TaskTypePage } from "@/lib/api/schemas/task-types";
import { findMarks, type TypeMark } from "./find-marks";
import { MARK_LOOKS } from "./type-mark-look";

/** A type that has not been called for so long is named; the list lets one choose. */
const UNUSED_DAYS = 7;
const DAY_MS = 86_400_000;

/** Where a type is registered, when it was called, and what a person should look at. */
export function TypeFacts({ page, now }: { page: TaskTypePage; now: number }) {
  const [type] = page.items;
  if (type === undefined) return null;
  const marks = findMarks(type, page, { days: UNUSED_DAYS, now });
  return (
    <>
      {marks.map((mark) => {
        const { tone, icon } = MARK_LOOKS[mark];
        return (
          <Notice key={mark} tone={tone} icon={icon} role="status">
            <MarkWords mark={mark} type={type} since={new Date(now - UNUSED_DAYS * DAY_MS).toISOString()} />
          </Notice>
        );
      })}
      <Panel>
        <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
          <Fact label="Last called">
            {type.lastSeenAt === null ? (
              "not since Celeriac listens"
            ) : (
              <Instant at={type.lastSeenAt} form="age" />
            )}
          </Fact>
          <Fact label="Registered on">
            <Workers type={type} />
          </Fact>
        </dl>
      </Panel>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-ink-muted text-xs">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Workers({ type: { registeredOn } }: { type: TaskType }) {
  if (registeredOn.length === 0) return <span className="text-ink-muted">no worker that is online</span>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {registeredOn.map((hostname) => (
        <li key={hostname} className="min-w-0">
          <Link
            href={toWorkerHref(hostname)}
            className="block truncate rounded underline-offset-2 hover:underline"
          >
            {hostname}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function MarkWords({ mark, type, since }: { mark: TypeMark; type: TaskType; since: string }): ReactNode {
  const { hint } = MARK_LOOKS[mark];
  if (mark === "unused") {
    return (
      <>
        {hint} Nothing called it since <Instant at={type.lastSeenAt ?? since} />.
      </>
    );
  }
  if (mark !== "new-kwargs") return hint;
  return (
    <>
      {hint}{" "}
      {type.newKwargs.map(({ name, firstSeenAt }, index) => (
        <span key={name}>
          {index === 0 ? null : ", "}
          <code className="font-mono text-xs">{name}</code> since <Instant at={firstSeenAt} />
        </span>
      ))}
      ; its calls have been looked at since <Instant at={type.kwargsSince} />.
    </>
  );
}
