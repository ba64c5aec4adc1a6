"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { CommandForm } from "@/components/control/command-form";
import { readCommandBody } from "@/components/control/read-command-body";
import { TextField } from "@/components/ui/text-field";
import { queueListQuery } from "@/lib/api/queries/queues";
import type { Worker } from "@/lib/api/schemas/workers";

interface AddQueueFormProps {
  worker: Pick<Worker, "hostname" | "queues">;
  onClose: () => void;
}

/** Which queue a worker consumes as well. */
export function AddQueueForm({ worker, onClose }: AddQueueFormProps) {
  const [text, setText] = useState("");
  const listId = useId();
  const { data: queues } = useQuery(queueListQuery());
  const queue = text.trim();
  const { body } = readCommandBody("add-consumer", { queue });
  const known = queues?.items.map(({ name }) => name) ?? [];
  const isUnknown = body !== null && queues !== undefined && !known.includes(queue);
  return (
    <CommandForm
      hostname={worker.hostname}
      command="add-consumer"
      body={body}
      confirm={body === null ? "Consume the queue" : `Consume ${queue}`}
      onClose={onClose}
    >
      <TextField
        label="Queue"
        list={listId}
        autoFocus
        autoCapitalize="none"
        spellCheck={false}
        maxLength={255}
        value={text}
        hint={isUnknown ? "Nobody has used a queue of this name: it will be made." : " "}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={listId}>
        {known
          .filter((name) => !worker.queues?.includes(name))
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
    </CommandForm>
  );
}
