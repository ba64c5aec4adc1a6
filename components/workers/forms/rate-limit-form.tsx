"use client";

import { useState } from "react";
import { CommandForm } from "@/components/control/command-form";
import { readCommandBody } from "@/components/control/read-command-body";
import { TextField } from "@/components/ui/text-field";
import type { RegisteredTask } from "@/lib/api/schemas/worker-parts";

interface RateLimitFormProps {
  hostname: string;
  task: RegisteredTask;
  onClose: () => void;
}

/** How often a worker starts a task of one name. */
export function RateLimitForm({ hostname, task, onClose }: RateLimitFormProps) {
  const [text, setText] = useState(task.rateLimit ?? "");
  const rate = text.trim() === "" ? 0 : text.trim();
  const { body } = readCommandBody("rate-limit", { name: task.name, rate });
  return (
    <CommandForm
      hostname={hostname}
      command="rate-limit"
      body={body}
      confirm={rate === 0 ? "Take the limit away" : "Set the rate limit"}
      onClose={onClose}
    >
      <TextField
        label="Rate limit"
        placeholder="none"
        autoFocus
        className="w-48"
        value={text}
        hint="10/s, 100/m, 1.5/h; empty is none"
        error={body === null ? "Takes a rate such as 10/m" : undefined}
        onChange={(event) => setText(event.target.value)}
      />
    </CommandForm>
  );
}
