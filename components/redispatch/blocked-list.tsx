"use client";

import { Checkbox } from "@/components/ui/checkbox";
import type { BlockReason, Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { ArgsRecipe } from "./args-recipe";
import { BLOCKED_WORDS } from "./block-reasons";
import { BlockedTasks } from "./blocked-tasks";
import { isRepairable } from "./count-sendable";
import type { Repairs } from "./use-repairs";
import type { RetryOptionsState } from "./use-retry-options";

interface BlockedListProps {
  preview: Pick<Preview, "snapshot" | "blocked">;
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
export function BlockedList({ preview, state: { options, change }, repairs, onRepair }: BlockedListProps) {
  const { snapshot, blocked } = preview;
  const given = CONSENTS.filter((consent) => options[consent.option]);
  return (
    <ul aria-label="Not sent" className="divide-y rounded-md border">
      {blocked.map((entry) => (
        <li key={entry.reason} className="flex flex-col gap-1.5 px-3 py-2.5 text-sm">
          <BlockedEntry {...{ snapshot, entry, repairs, onRepair }} />
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

type BlockedEntryProps = { snapshot: string; entry: Preview["blocked"][number] } & Pick<
  BlockedListProps,
  "repairs" | "onRepair"
>;

function BlockedEntry({ snapshot, entry, repairs, onRepair }: BlockedEntryProps) {
  const words = BLOCKED_WORDS[entry.reason];
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <strong className="tabular min-w-10 text-right font-semibold">{formatCount(entry.count)}</strong>
      <p className="font-medium">{entry.count === 1 ? words.one : words.many}</p>
      <div className="col-start-2 flex flex-col gap-1.5">
        <p className="text-ink-muted">{words.remedy}</p>
        <ArgsRecipe reason={entry.reason} />
        <BlockedTasks
          {...{ snapshot, entry, repairs }}
          onRepair={isRepairable(entry.reason) ? onRepair : null}
        />
      </div>
    </div>
  );
}
