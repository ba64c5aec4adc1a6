import { TriangleAlert } from "lucide-react";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";

/** With more of them the tables below would be out of sight. */
const SHOWN = 2;

/** What could go wrong with what is sent. */
export function PreviewWarnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  // One behind a button takes as much room as the warning.
  const shown = warnings.length <= SHOWN + 1 ? warnings : warnings.slice(0, SHOWN);
  const more = warnings.slice(shown.length);
  return (
    <Notice tone="amber" icon={TriangleAlert}>
      <Lines warnings={shown} />
      {more.length === 0 ? null : (
        <Disclosure
          className="mt-1"
          summary={<span className="font-medium text-amber">{more.length} more warnings</span>}
        >
          <div className="pt-1">
            <Lines warnings={more} />
          </div>
        </Disclosure>
      )}
    </Notice>
  );
}

function Lines({ warnings }: { warnings: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}
