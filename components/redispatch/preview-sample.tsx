import { ChevronRight } from "lucide-react";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { ARGS_SOURCE_WORDS } from "./args-source-words";

interface PreviewSampleProps {
  sample: Preview["sample"];
  /** How many the sample was taken from. */
  total: number;
}

/** A few of the messages, as they would be sent. */
export function PreviewSample({ sample, total }: PreviewSampleProps) {
  if (sample.length === 0 || total === 0) return null;
  return (
    <details className="group rounded-md border" open={total === 1}>
      <summary className="flex min-h-9 items-center gap-1.5 px-3 text-sm">
        <ChevronRight
          className="size-3.5 text-ink-faint transition-transform group-open:rotate-90"
          aria-hidden
        />
        {total === 1
          ? "As it will be sent"
          : `Sample: ${sample.length} of ${formatCount(total)}, as they will be sent`}
      </summary>
      <ul className="divide-y border-t">
        {sample.map((message) => (
          <li key={message.id} className="flex flex-col gap-0.5 px-3 py-2 font-mono text-xs">
            <span className="text-ink-faint">
              {message.id} → {message.queue}
              {message.argsFrom === null ? null : `, args from ${ARGS_SOURCE_WORDS[message.argsFrom]}`}
            </span>
            <code className="max-h-40 overflow-y-auto whitespace-pre-wrap break-all">
              <span className="text-ink-muted">{message.name}</span>
              {"\n"}args {message.args}
              {"\n"}kwargs {message.kwargs}
            </code>
          </li>
        ))}
      </ul>
    </details>
  );
}
