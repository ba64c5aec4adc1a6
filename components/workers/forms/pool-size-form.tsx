"use client";

import { useState } from "react";
import { CommandForm } from "@/components/control/command-form";
import { readCommandBody, readNumber } from "@/components/control/read-command-body";
import { TextField } from "@/components/ui/text-field";
import type { Worker } from "@/lib/api/schemas/workers";
import { formatCounted } from "@/lib/format/count";

interface PoolSizeFormProps {
  worker: Pick<Worker, "hostname" | "concurrency">;
  command: "pool-grow" | "pool-shrink";
  onClose: () => void;
}

/** By how many processes a pool grows or shrinks. */
export function PoolSizeForm({ worker, command, onClose }: PoolSizeFormProps) {
  const [text, setText] = useState("1");
  const { body, wrong } = readCommandBody(command, { n: readNumber(text) });
  const isShrinking = command === "pool-shrink";
  // A pool of none takes tasks and runs none of them.
  const isTooMany = isShrinking && worker.concurrency !== null && (body?.n ?? 0) >= worker.concurrency;
  const verb = isShrinking ? "Remove" : "Add";
  const noun = formatCounted(body?.n ?? 0, "process", "processes");
  return (
    <CommandForm
      hostname={worker.hostname}
      command={command}
      body={isTooMany ? null : body}
      confirm={body === null ? `${verb} processes` : `${verb} ${noun}`}
      isDangerous={isShrinking}
      onClose={onClose}
    >
      <TextField
        label={isShrinking ? "Processes to remove" : "Processes to add"}
        inputMode="numeric"
        autoFocus
        className="w-48"
        value={text}
        onChange={(event) => setText(event.target.value)}
        hint={worker.concurrency === null ? " " : `It has ${worker.concurrency} now.`}
        error={
          isTooMany
            ? "At least one has to stay."
            : wrong.has("n")
              ? "A whole number from 1 to 1,000"
              : undefined
        }
      />
    </CommandForm>
  );
}
