"use client";

import { CircleAlert, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FormFooter } from "@/components/ui/form-footer";
import { Notice } from "@/components/ui/notice";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";
import { countSendable } from "./count-sendable";
import { PlanningLine } from "./planning";
import { PreviewCounts } from "./preview-counts";
import { PreviewParts } from "./preview-parts";
import { PreviewWarnings } from "./preview-warnings";
import { RetryFields } from "./retry-fields";
import { usePatchEffects } from "./use-patch-effects";
import type { Repairs } from "./use-repairs";
import type { RetryOptionsState } from "./use-retry-options";

interface PreviewFormProps {
  preview: Preview;
  /** It is of what is chosen now. */
  isSettled: boolean;
  state: RetryOptionsState;
  repairs: Repairs;
  /** Why the batch could not be started. */
  failure: Error | null;
  isStarting: boolean;
  onRepair: (id: string) => void;
  onPatch: (name: string) => void;
  onPlanAnew: () => void;
  onCancel: () => void;
  onStart: () => void;
}

/** What would happen, what can be set, and the button that says how many it sends. */
export function PreviewForm(props: PreviewFormProps) {
  const { preview, isSettled, state, repairs, onStart } = props;
  const effects = usePatchEffects(preview.snapshot, repairs.patches);
  const sendable = countSendable(preview, repairs.tasks, effects);
  const isValid = sendable > 0 && Object.keys(state.errors).length === 0 && !effects.isPending;
  return (
    <form
      className="flex min-h-full flex-col gap-4"
      onKeyDown={(event) => {
        // Enter in a field must not send a hundred thousand tasks: the button does.
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid && isSettled) onStart();
      }}
    >
      <div className={classNames("flex flex-col gap-4 transition-opacity", !isSettled && "opacity-50")}>
        <PreviewCounts total={preview.total} sendable={sendable} />
        <PreviewWarnings warnings={preview.warnings} />
        <PreviewParts
          {...{ preview, state, repairs, effects, onRepair: props.onRepair, onPatch: props.onPatch }}
        />
      </div>
      <RetryFields className="mt-auto" state={state} sendable={sendable} isSingle={preview.total === 1} />
      {props.failure === null ? null : <Failure error={props.failure} onPlanAnew={props.onPlanAnew} />}
      <FormFooter>
        {isSettled ? <Changes repairs={repairs} /> : <PlanningLine />}
        <Button className="ml-auto" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={props.isStarting} disabled={!isValid || !isSettled}>
          {props.isStarting ? null : <RotateCcw className="size-3.5" aria-hidden />}
          Retry {formatCounted(sendable, "task")}
        </Button>
      </FormFooter>
    </form>
  );
}

function Failure({ error, onPlanAnew }: { error: Error; onPlanAnew: () => void }) {
  return (
    <Notice tone="red" icon={CircleAlert} role="alert">
      <p>{error.message}</p>
      <Button size="small" className="mt-2 text-ink" onClick={onPlanAnew}>
        Make a new preview
      </Button>
    </Notice>
  );
}

/** What the reader has changed, which no other part of the dialog keeps in view. */
function Changes({ repairs: { tasks, patches } }: { repairs: Repairs }) {
  const parts = [
    tasks.length === 0 ? null : `${formatCounted(tasks.length, "task")} with your args`,
    patches.length === 0 ? null : `kwargs of ${formatCounted(patches.length, "name")} changed`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : <p className="text-blue text-sm max-sm:w-full">{parts.join(", ")}</p>;
}
