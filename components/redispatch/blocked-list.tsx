"use client";

import Link from "next/link";
import { Checkbox } from "@/components/ui/checkbox";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { BlockReason, Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { formatShortId } from "@/lib/format/id";
import { ArgsRecipe } from "./args-recipe";
import { BLOCKED_WORDS } from "./block-reasons";
import type { RetryOptionsState } from "./use-retry-options";

interface BlockedListProps {
  blocked: Preview["blocked"];
  state: RetryOptionsState;
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
export function BlockedList({ blocked, state: { options, change } }: BlockedListProps) {
  const given = CONSENTS.filter((consent) => options[consent.option]);
  if (blocked.length === 0 && given.length === 0) return null;
  return (
    <section aria-labelledby="blocked-title" className="flex flex-col gap-2">
      <h3 id="blocked-title" className="font-semibold text-sm">
        {blocked.length === 0 ? "Sent with your consent" : "Not sent"}
      </h3>
      <ul className="divide-y rounded-md border">
        {blocked.map((entry) => (
          <li key={entry.reason} className="flex flex-col gap-1 px-3 py-2 text-sm">
            <BlockedEntry entry={entry} />
            {CONSENTS.filter((consent) => consent.reason === entry.reason && !options[consent.option]).map(
              (consent) => (
                <Checkbox
                  key={consent.option}
                  className="py-1"
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
          <li key={consent.option} className="px-3 py-2">
            <Checkbox checked onChange={(checked) => change({ [consent.option]: checked })}>
              {consent.label}
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BlockedEntry({ entry }: { entry: Preview["blocked"][number] }) {
  const words = BLOCKED_WORDS[entry.reason];
  return (
    <>
      <p>
        <strong className="tabular font-semibold">{formatCount(entry.count)}</strong>{" "}
        {entry.count === 1 ? words.one : words.many}
      </p>
      <p className="text-ink-muted">{words.remedy}</p>
      <ArgsRecipe reason={entry.reason} />
      <p className="flex flex-wrap gap-x-2 font-mono text-xs">
        <span className="font-sans text-ink-faint">for example</span>
        {entry.exampleIds.slice(0, 3).map((id) => (
          <Link
            key={id}
            href={toTaskHref(id)}
            target="_blank"
            title={id}
            className="rounded text-ink-muted underline underline-offset-2 hover:text-ink"
          >
            {formatShortId(id)}
          </Link>
        ))}
      </p>
    </>
  );
}
