"use client";

import { Info } from "lucide-react";
import { useState } from "react";
import { CommandForm } from "@/components/control/command-form";
import { readCommandBody, readNumber } from "@/components/control/read-command-body";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import type { WorkerDetail } from "@/lib/api/schemas/workers";

interface AutoscaleFormProps {
  worker: Pick<WorkerDetail, "hostname" | "concurrency" | "poolStats">;
  onClose: () => void;
}

/** Between how many processes a pool moves by itself. */
export function AutoscaleForm({ worker, onClose }: AutoscaleFormProps) {
  const { autoscaler = null } = worker.poolStats ?? {};
  const [min, setMin] = useState(String(autoscaler?.min ?? 1));
  const [max, setMax] = useState(String(autoscaler?.max ?? worker.concurrency ?? 1));
  const { body, wrong } = readCommandBody("autoscale", { min: readNumber(min), max: readNumber(max) });
  return (
    <CommandForm
      hostname={worker.hostname}
      command="autoscale"
      body={body}
      confirm="Set the limits"
      caution={
        worker.poolStats === null || autoscaler !== null ? null : (
          <Notice tone="amber" icon={Info}>
            It was started without <code className="font-mono text-xs">--autoscale</code>, so it will refuse.
          </Notice>
        )
      }
      onClose={onClose}
    >
      <div className="flex gap-3">
        <TextField
          label="At least"
          inputMode="numeric"
          autoFocus
          className="w-36"
          value={min}
          hint=" "
          error={wrong.has("min") ? "From 0 to the most" : undefined}
          onChange={(event) => setMin(event.target.value)}
        />
        <TextField
          label="At most"
          inputMode="numeric"
          className="w-36"
          value={max}
          hint=" "
          error={wrong.has("max") ? "From 1 to 1,000" : undefined}
          onChange={(event) => setMax(event.target.value)}
        />
      </div>
    </CommandForm>
  );
}
