import { PencilLine } from "lucide-react";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { ARGS_SOURCE_WORDS } from "./args-source-words";
import type { Repairs } from "./use-repairs";

interface PreviewSampleProps {
  sample: Preview["sample"];
  repairs: Repairs;
  onRepair: (id: string) => void;
}

/** A few of the messages, as they would be sent. */
export function PreviewSample({ sample, repairs, onRepair }: PreviewSampleProps) {
  return (
    <ul aria-label="As they will be sent" className="divide-y rounded-md border">
      {sample.map((message) => {
        const repair = repairs.tasks.find(({ id }) => id === message.id)?.json;
        return (
          <li key={message.id} className="flex items-start gap-2 px-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm">
                <span className="font-medium">{message.name}</span>
                <span className="text-ink-muted"> → {message.queue}</span>
              </p>
              <code className="block max-h-40 overflow-y-auto whitespace-pre-wrap break-all font-mono text-xs leading-5">
                <span className="text-ink-faint">args </span>
                {repair?.args ?? message.args}
                {"\n"}
                <span className="text-ink-faint">kwargs </span>
                {repair?.kwargs ?? message.kwargs}
              </code>
              <p className="truncate text-ink-faint text-xs">
                <span className="font-mono">{message.id}</span>
                {repair !== undefined
                  ? ", args by hand"
                  : message.argsFrom === null
                    ? null
                    : `, args from ${ARGS_SOURCE_WORDS[message.argsFrom]}`}
              </p>
            </div>
            <button
              type="button"
              title="Edit its args"
              aria-label={`Edit the args of ${message.id}`}
              onClick={() => onRepair(message.id)}
              className="grid size-7 shrink-0 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
            >
              <PencilLine className="size-3.5" aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
