"use client";

import { Checkbox } from "@/components/ui/checkbox";
import type { BlockReason, Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { ArgsRecipe } from "./args-recipe";
import { BLOCKED_WORDS } from "./block-reasons";
import { BlockedExample } from "./blocked-example";
import { isRepairable } from "./count-sendable";
import { OtherTaskField } from "./other-task-field";
import type { Repairs } from "./use-repairs";
import type { RetryOptionsState } from "./use-retry-options";

interface BlockedListProps {
  blocked: Preview["blocked"];
  state: RetryOptionsState;
  repairs: Repairs;
  onRepair: (id: string) => void;
}

/** Reasons that a person can set aside, each with the consent that does. */
const CONSENTS = [
  {
    reason: "typed-args",
    option: "confirmTyped",
    label: "Send typed values (Decimal, UUID, datetime) as Celery's own typed values",
  },
  {
    reason: "already-redispatched",
    option: "includeRedispatched",
    label: "Send again what was retried already",
  },
  {
    reason: "lost-with-worker",
    option: "includeLost",
    label: "Send again what was lost; a task with acks_late may then run twice",
  },
] as const satisfies { reason: BlockReason; option: keyof RetryOptionsState["options"]; label: string }[];

/** What is not sent, why, and what the reader can do about it. A given consent stays visible, so it can be withdrawn. */
export function BlockedList({ blocked, state: { options, change }, repairs, onRepair }: BlockedListProps) {
  const given = CONSENTS.filter((consent) => options[consent.option]);
  return (
    <ul aria-label="Not sent" className="divide-y rounded-md border">
      {blocked.map((entry) => (
        <li key={entry.reason} className="flex flex-col gap-1.5 px-3 py-2.5 text-sm">
          <BlockedEntry entry={entry} repairs={repairs} onRepair={onRepair} />
          {CONSENTS.filter((consent) => consent.reason === entry.reason && !options[consent.option]).map(
            (consent) => (
              <Checkbox
                key={consent.option}
                className="py-1 pl-13"
                checked={false}
                onChange={(checked) => change({ [consent.option]: checked })}
              >
                {consent.label}
              </Checkbox>
            ),
          )}
        </li>
      ))}
      {given.map((consent) => (
        <li key={consent.option} className="px-3 py-2.5">
          <Checkbox checked onChange={(checked) => change({ [consent.option]: checked })}>
            {consent.label}
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}

function BlockedEntry({
  entry,
  repairs,
  onRepair,
}: { entry: Preview["blocked"][number] } & Pick<BlockedListProps, "repairs" | "onRepair">) {
  const words = BLOCKED_WORDS[entry.reason];
  const canRepair = isRepairable(entry.reason);
  const repaired = repairs.tasks.filter(({ reason }) => reason === entry.reason);
  const more = entry.count - entry.exampleIds.length;
  const ids = [...new Set([...entry.exampleIds, ...repaired.map(({ id }) => id)])];
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <strong className="tabular min-w-10 text-right font-semibold">{formatCount(entry.count)}</strong>
      <p className="font-medium">{entry.count === 1 ? words.one : words.many}</p>
      <div className="col-start-2 flex flex-col gap-1.5">
        <p className="text-ink-muted">{words.remedy}</p>
        <ArgsRecipe reason={entry.reason} />
        <ul aria-label="Examples" className="flex flex-wrap gap-1.5">
          {ids.map((id) => (
            <BlockedExample
              key={id}
              id={id}
              isRepaired={repaired.some((one) => one.id === id)}
              onRepair={canRepair ? onRepair : null}
            />
          ))}
          {more <= 0 ? null : canRepair ? (
            <OtherTaskField more={`${formatCount(more)} more`} onRepair={onRepair} />
          ) : (
            <li className="flex h-7 items-center text-ink-faint text-xs">{formatCount(more)} more</li>
          )}
        </ul>
      </div>
    </div>
  );
}
