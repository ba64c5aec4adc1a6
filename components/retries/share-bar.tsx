import { classNames } from "@/components/ui/class-names";
import type { BatchShare } from "./batch-shares";

/** What became of the tasks that were to be sent as one bar; what it says is said in words beside it. */
export function ShareBar({
  shares,
  className = "h-2",
}: {
  shares: readonly BatchShare[];
  className?: string;
}) {
  return (
    <div
      aria-hidden
      className={classNames("flex w-full overflow-hidden rounded-full bg-gray-soft", className)}
    >
      {shares
        // Left out on purpose, and often most of all: the bar would be theirs.
        .filter(({ key }) => key !== "skipped")
        .map((share) => (
          <span
            key={share.key}
            className="transition-[flex-grow] duration-500"
            style={{ flexGrow: share.count, background: share.color }}
          />
        ))}
    </div>
  );
}
