import { CircleCheck } from "lucide-react";
import { Link } from "@/components/ui/link";
import { toTaskHref } from "@/lib/api/queries/task-params";
import { formatShortId } from "@/lib/format/id";

interface BlockedExampleProps {
  id: string;
  /** Its args were written by hand. */
  isRepaired: boolean;
  /** Null where other args would not help. */
  onRepair: ((id: string) => void) | null;
}

/** A task that is not sent: opens it, or the editor of its args. */
export function BlockedExample({ id, isRepaired, onRepair }: BlockedExampleProps) {
  return (
    <li className="flex h-7 items-center rounded-md border text-xs">
      <Link
        href={toTaskHref(id)}
        target="_blank"
        title={id}
        className="flex h-full items-center rounded-l-md px-2 font-mono text-ink-muted underline-offset-2 hover:text-ink hover:underline"
      >
        {formatShortId(id)}
      </Link>
      {onRepair === null ? null : (
        <button
          type="button"
          onClick={() => onRepair(id)}
          aria-label={isRepaired ? `Edit the args of ${id} again` : `Write the args of ${id}`}
          className="flex h-full items-center gap-1 rounded-r-md border-l px-2 font-medium hover:bg-hover"
        >
          {isRepaired ? (
            <>
              <CircleCheck className="size-3.5 text-green" aria-hidden />
              Repaired
            </>
          ) : (
            "Write args"
          )}
        </button>
      )}
    </li>
  );
}
