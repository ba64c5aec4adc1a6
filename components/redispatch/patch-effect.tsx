"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, LoaderCircle, TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { patchPreviewQuery } from "@/lib/api/queries/redispatches";
import type { Patch, PatchPreview } from "@/lib/api/schemas/kwargs-patches";
import { formatCount, formatCounted } from "@/lib/format/count";
import { formatShortId } from "@/lib/format/id";
import { TextDiff } from "./text-diff";

/** What a patch does to the tasks of its name: how many it changes, which it can't, and some of them before and after. */
export function PatchEffect({ snapshot, patch }: { snapshot: string; patch: Patch }) {
  const { data, error, isFetching } = useQuery({
    ...patchPreviewQuery(snapshot, patch),
    placeholderData: (before) => before,
  });
  if (error !== null) {
    return (
      <Notice tone="red" icon={CircleAlert} role="alert">
        {error.message}
      </Notice>
    );
  }
  return (
    <section aria-label="What it does" className="flex flex-col gap-2">
      <p role="status" className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {isFetching ? (
          <LoaderCircle
            className="size-3.5 animate-spin text-ink-faint"
            aria-label="Trying it on the tasks"
          />
        ) : null}
        {data === undefined ? (
          <span className="text-ink-muted">Trying it on the tasks…</span>
        ) : (
          <Counts effect={data} />
        )}
      </p>
      {data === undefined ? null : (
        <>
          <Conflicts effect={data} />
          <Examples effect={data} />
        </>
      )}
    </section>
  );
}

function Counts({ effect }: { effect: PatchPreview }) {
  return (
    <>
      <span>
        <strong className="tabular font-semibold">{formatCount(effect.changed)}</strong> changed
      </span>
      <span className="text-ink-muted">
        <strong className="tabular font-semibold">{formatCount(effect.unchanged)}</strong> sent as they are
      </span>
    </>
  );
}

function Conflicts({ effect: { conflicts, stale } }: { effect: PatchPreview }) {
  if (conflicts.length === 0 && stale === 0) return null;
  return (
    <Notice tone="amber" icon={TriangleAlert}>
      <ul className="flex flex-col gap-0.5">
        {conflicts.map(({ taken, count, exampleIds }) => (
          <li key={taken}>
            {formatCounted(count, "task")} won’t be sent: {count === 1 ? "it has" : "they have"} a{" "}
            <code className="font-mono">{taken}</code> already
            {exampleIds[0] === undefined ? null : (
              <span title={exampleIds[0]}>, such as {formatShortId(exampleIds[0])}</span>
            )}
            .
          </li>
        ))}
        {stale === 0 ? null : (
          <li>
            {formatCounted(stale, "task")} {stale === 1 ? "has" : "have"} changed since the preview and won’t
            be sent.
          </li>
        )}
      </ul>
    </Notice>
  );
}

function Examples({ effect: { examples } }: { effect: PatchPreview }) {
  if (examples.length === 0) return null;
  return (
    <ul className="divide-y rounded-md border">
      {examples.map(({ id, before, after }) => (
        <li key={id} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 px-3 py-1.5">
          <code title={id} className="font-mono text-ink-faint text-xs leading-5">
            {formatShortId(id)}
          </code>
          <TextDiff before={before} after={after} />
        </li>
      ))}
    </ul>
  );
}
