"use client";

import { useState } from "react";
import { CommandForm } from "@/components/control/command-form";
import { readCommandBody, readNumber } from "@/components/control/read-command-body";
import { TextField } from "@/components/ui/text-field";
import type { RegisteredTask } from "@/lib/api/schemas/worker-parts";

interface TimeLimitFormProps {
  hostname: string;
  task: RegisteredTask;
  onClose: () => void;
}

/** How long a worker lets a task of one name run. */
export function TimeLimitForm({ hostname, task, onClose }: TimeLimitFormProps) {
  const [softText, setSoft] = useState(String(task.softTimeLimit ?? ""));
  const [hardText, setHard] = useState(String(task.timeLimit ?? ""));
  const [soft, hard] = [readNumber(softText), readNumber(hardText)];
  const { body, wrong } = readCommandBody("time-limit", { name: task.name, soft, hard });
  // The hard limit would come first, and no task could clean up.
  const isReversed = soft !== null && hard !== null && soft > hard;
  return (
    <CommandForm
      hostname={hostname}
      command="time-limit"
      body={isReversed ? null : body}
      confirm={soft === null && hard === null ? "Take the limits away" : "Set the time limits"}
      onClose={onClose}
    >
      <div className="flex gap-3">
        <TextField
          label="Soft limit, seconds"
          inputMode="decimal"
          placeholder="none"
          autoFocus
          className="w-48"
          value={softText}
          hint="The task may clean up"
          error={isReversed ? "At most the hard limit" : wrong.has("soft") ? "More than 0" : undefined}
          onChange={(event) => setSoft(event.target.value)}
        />
        <TextField
          label="Hard limit, seconds"
          inputMode="decimal"
          placeholder="none"
          className="w-48"
          value={hardText}
          hint="Its process is killed"
          error={wrong.has("hard") ? "More than 0" : undefined}
          onChange={(event) => setHard(event.target.value)}
        />
      </div>
    </CommandForm>
  );
}
