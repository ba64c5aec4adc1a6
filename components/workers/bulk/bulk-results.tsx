import {
  Check,
  CircleDashed,
  CircleSlash,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import { Pill } from "@/components/ui/pill";
import { ScrollArea } from "@/components/ui/scroll-area";
import type { Tone } from "@/components/ui/tone";
import type { BulkOutcome } from "./send-to-each";

const LOOKS: Record<BulkOutcome["state"], { tone: Tone; icon: LucideIcon; label: string }> = {
  done: { tone: "green", icon: Check, label: "Done" },
  refused: { tone: "red", icon: CircleSlash, label: "Refused" },
  silent: { tone: "amber", icon: Hourglass, label: "No answer" },
  failed: { tone: "red", icon: TriangleAlert, label: "Failed" },
};

interface BulkResultsProps {
  hostnames: readonly string[];
  outcomes: ReadonlyMap<string, BulkOutcome>;
  isSending: boolean;
}

/** The chosen workers, and what came of the command at each. */
export function BulkResults({ hostnames, outcomes, isSending }: BulkResultsProps) {
  return (
    <ScrollArea label="Answers" className="max-h-64 rounded-md border">
      <ul aria-label="Workers" className="divide-y text-sm">
        {hostnames.map((hostname) => {
          const outcome = outcomes.get(hostname);
          return (
            <li key={hostname} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
              <span className="min-w-0 flex-1 break-all font-medium">{hostname}</span>
              {outcome === undefined ? (
                isSending ? (
                  <Pill tone="blue" icon={LoaderCircle} label="Waiting" />
                ) : (
                  <Pill tone="gray" icon={CircleDashed} label="Not told yet" />
                )
              ) : (
                <>
                  <span className="break-words text-ink-muted text-xs">{outcome.words}</span>
                  <Pill {...LOOKS[outcome.state]} />
                </>
              )}
            </li>
          );
        })}
      </ul>
    </ScrollArea>
  );
}
