"use client";

import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Panel flush>
      <ErrorState title="This page broke" error={error} onRetry={reset} />
    </Panel>
  );
}
