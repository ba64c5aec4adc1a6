import { TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** What could go wrong with what is sent. */
export function PreviewWarnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="amber" icon={TriangleAlert}>
      {warnings.length === 1 ? (
        warnings[0]
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
