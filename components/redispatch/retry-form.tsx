"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleAlert, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useRef } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { FormFooter } from "@/components/ui/form-footer";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { createBatch, previewQuery, toBatchHref } from "@/lib/api/queries/redispatches";
import { formatCount } from "@/lib/format/count";
import { BlockedList } from "./blocked-list";
import { PreviewByName } from "./preview-by-name";
import { PreviewCounts } from "./preview-counts";
import { PreviewSample } from "./preview-sample";
import { PreviewWarnings } from "./preview-warnings";
import { ReplacementFields } from "./replacement-fields";
import type { RetrySelection } from "./retry-dialog";
import { RetryFields } from "./retry-fields";
import { useReplacement } from "./use-replacement";
import { type RetryOptions, useRetryOptions } from "./use-retry-options";

interface RetryFormProps {
  selection: RetrySelection;
  initial?: Partial<RetryOptions> | undefined;
  onClose: () => void;
  onStarted?: (() => void) | undefined;
}

/** The preview, what can be set, and the button that says how many it sends. */
export function RetryForm({ selection, initial, onClose, onStarted }: RetryFormProps) {
  const router = useRouter();
  const state = useRetryOptions(initial);
  const { options, sending, errors } = state;
  const queue = useDeferredValue(options.queue.trim());
  // The selection is frozen when the dialog opens: the page behind may move on.
  const frozen = useRef(selection).current;
  const request = {
    ...frozen,
    confirmTyped: options.confirmTyped,
    includeRedispatched: options.includeRedispatched,
    includeLost: options.includeLost,
    queue: queue === "" ? null : queue,
  };
  const preview = useQuery({ ...previewQuery(request), placeholderData: (before) => before });
  const replacement = useReplacement(frozen, preview.data);
  const start = useMutation({
    mutationFn: (snapshot: string) =>
      createBatch({
        ...request,
        ...sending,
        snapshot,
        reason: options.reason.trim(),
        overrides: replacement.overrides,
      }),
    onSuccess: ({ id }, _snapshot) => {
      toast.success("The retry has begun");
      onStarted?.();
      onClose();
      router.push(toBatchHref(id));
    },
  });

  if (preview.isPending) return <SkeletonRows rows={5} label="Counting what would be sent" />;
  if (preview.isError) {
    return (
      <ErrorState title="The preview failed" error={preview.error} onRetry={() => void preview.refetch()} />
    );
  }
  const data = preview.data;
  const sendable = data.ready + replacement.overrides.length;
  const isValid = sendable > 0 && Object.keys(errors).length === 0 && !replacement.isInvalid;
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(data.snapshot);
      }}
    >
      <PreviewCounts preview={data} replaced={replacement.overrides.length} />
      <PreviewWarnings warnings={data.warnings} />
      <BlockedList blocked={data.blocked} state={state} />
      {replacement.isOffered ? <ReplacementFields replacement={replacement} /> : null}
      <PreviewByName byName={data.byName} />
      <PreviewSample sample={data.sample} total={data.ready} />
      <RetryFields state={state} isSingle={data.total === 1} />
      {start.isError ? (
        <Notice tone="red" icon={CircleAlert} role="alert">
          {start.error.message}
        </Notice>
      ) : null}
      <FormFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={start.isPending}
          disabled={!isValid || preview.isPlaceholderData || queue !== options.queue.trim()}
        >
          {start.isPending ? null : <RotateCcw className="size-3.5" aria-hidden />}
          Retry {formatCount(sendable)} {sendable === 1 ? "task" : "tasks"}
        </Button>
      </FormFooter>
    </form>
  );
}
