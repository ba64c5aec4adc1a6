"use client";

import { Tabs } from "@/components/ui/tabs";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { BlockedList } from "./blocked-list";
import { PreviewByError } from "./preview-by-error";
import { PreviewByName } from "./preview-by-name";
import { PreviewByQueue } from "./preview-by-queue";
import { PreviewSample } from "./preview-sample";
import type { PatchEffects } from "./use-patch-effects";
import type { Repairs } from "./use-repairs";
import type { RetryOptionsState } from "./use-retry-options";

interface PreviewPartsProps {
  preview: Preview;
  state: RetryOptionsState;
  repairs: Repairs;
  effects: PatchEffects;
  /** Opens the editor of one task's args. */
  onRepair: (id: string) => void;
  /** Opens the editor of a group's kwargs. */
  onPatch: (name: string) => void;
}

/** The same tasks by name, by error and by queue; what is not sent; and some as they are sent. */
export function PreviewParts({ preview, state, repairs, effects, onRepair, onPatch }: PreviewPartsProps) {
  const { options } = state;
  const hasConsent = options.confirmTyped || options.includeRedispatched || options.includeLost;
  const blocked = preview.blocked.reduce((sum, { count }) => sum + count, 0);
  const patched = new Set(repairs.patches.map(({ name }) => name));
  const isEmpty = preview.total === 0;
  const tabs = [
    {
      key: "names",
      label: "By task",
      count: formatCount(new Set(preview.byName.map(({ name }) => name)).size),
      isShown: preview.byName.length > 0,
      content: <PreviewByName {...{ byName: preview.byName, patched, effects, onPatch }} />,
    },
    {
      key: "errors",
      label: "By error",
      count: formatCount(preview.byError.length),
      isShown: preview.byError.length > 0 && preview.total > 1,
      content: <PreviewByError byError={preview.byError} otherErrors={preview.otherErrors} />,
    },
    {
      key: "queues",
      label: "By queue",
      count: formatCount(preview.byQueue.length),
      isShown: preview.byQueue.length > 0 && preview.total > 1,
      content: <PreviewByQueue byQueue={preview.byQueue} />,
    },
    {
      key: "blocked",
      label: "Blocked",
      count: formatCount(blocked),
      isAlarming: blocked > 0,
      isShown: blocked > 0 || hasConsent,
      content: <BlockedList {...{ preview, state, repairs, onRepair }} />,
    },
    {
      key: "sample",
      label: "Sample",
      isShown: preview.sample.length > 0,
      content: <PreviewSample {...{ sample: preview.sample, repairs, onRepair }} />,
    },
  ].filter(({ isShown }) => isShown);
  if (isEmpty || tabs.length === 0) {
    return <p className="py-6 text-center text-ink-muted text-sm">No task matches any more.</p>;
  }
  return <Tabs label="What would be sent" tabs={tabs} initial={chooseFirst(preview)} />;
}

/** What needs the reader most: why nothing is sent; of a single task, how it is sent. */
function chooseFirst({ ready, total }: Preview): string {
  if (ready === 0) return "blocked";
  return total === 1 ? "sample" : "names";
}
