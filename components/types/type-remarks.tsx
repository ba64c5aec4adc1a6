import type { ReactNode } from "react";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import type { TaskType, TaskTypePage } from "@/lib/api/schemas/task-types";
import { findMarks, type TypeMark } from "./find-marks";
import { MARK_LOOKS } from "./type-mark-look";

/** A type that has not been called for so long is named; the list lets one choose. */
const UNUSED_DAYS = 7;
const DAY_MS = 86_400_000;

/** What of a type a person should look at, in words. */
export function TypeRemarks({ page, type, now }: { page: TaskTypePage; type: TaskType; now: number }) {
  return findMarks(type, page, { days: UNUSED_DAYS, now }).map((mark) => {
    const { tone, icon } = MARK_LOOKS[mark];
    return (
      <Notice key={mark} tone={tone} icon={icon} role="status">
        <MarkWords mark={mark} type={type} since={new Date(now - UNUSED_DAYS * DAY_MS).toISOString()} />
      </Notice>
    );
  });
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
