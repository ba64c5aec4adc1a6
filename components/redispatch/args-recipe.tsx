import { ChevronRight } from "lucide-react";
import type { BlockReason } from "@/lib/api/schemas/redispatches";

/** The whole recipe is docs/args.md: this is the one that keeps most, as the tests try it (tests/integration/full-args.test.ts). */
const HANDLER = `from celery.signals import before_task_publish

@before_task_publish.connect
def store_real_args(headers=None, **_):
    headers.pop("argsrepr", None)
    headers.pop("kwargsrepr", None)`;

const REASONS: readonly BlockReason[] = ["lossy-args", "unknown-args"];

/** How to have Celery store args in full from now on; nothing for tasks that other reasons block. */
export function ArgsRecipe({ reason }: { reason: BlockReason }) {
  if (!REASONS.includes(reason)) return null;
  return (
    <details className="group text-ink-muted">
      <summary className="flex w-fit cursor-pointer items-center gap-1 rounded text-xs hover:text-ink">
        <ChevronRight className="size-3 transition-transform group-open:rotate-90" aria-hidden />
        Keep args in full from now on
      </summary>
      <div className="flex flex-col gap-1.5 pt-1.5 pl-4 text-xs">
        <p>
          With <code className="font-mono">result_extended = True</code>, and this where tasks are sent from,
          django-celery-results stores real JSON. Events and logs no longer show the args then.
        </p>
        <pre className="overflow-x-auto rounded bg-sunken p-2 font-mono">{HANDLER}</pre>
        <p>Other ways, and what each costs, are in docs/args.md.</p>
      </div>
    </details>
  );
}
