"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { TextField } from "@/components/ui/text-field";
import { queueListQuery } from "@/lib/api/queries/queues";
import type { Worker } from "@/lib/api/schemas/workers";
import type { BulkCommandName } from "./bulk-actions";
import { listConsumed } from "./find-objection";

interface BulkFieldsProps {
  command: BulkCommandName;
  workers: readonly Worker[];
  value: string;
  onChange: (text: string) => void;
  /** Why the command can't be sent so. */
  objection: string | null;
}

/** What a command takes: a number of processes or a queue; nothing for most. */
export function BulkFields({ command, workers, value, onChange, objection }: BulkFieldsProps) {
  const field = {
    value,
    autoFocus: true,
    error: objection ?? undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (command === "pool-grow" || command === "pool-shrink") {
    return (
      <TextField
        {...field}
        label={command === "pool-grow" ? "Processes to add to each" : "Processes to take from each"}
        inputMode="numeric"
        className="w-60"
        hint="A whole number from 1 to 1,000"
      />
    );
  }
  if (command === "add-consumer") return <QueueField {...field} />;
  return command === "cancel-consumer" ? <QueueField {...field} options={listConsumed(workers)} /> : null;
}

type QueueFieldProps = Pick<BulkFieldsProps, "value"> & {
  autoFocus: boolean;
  error: string | undefined;
  onChange: (event: { target: { value: string } }) => void;
  /** Every known queue unless given. */
  options?: readonly string[];
};

function QueueField({ options, ...field }: QueueFieldProps) {
  const listId = useId();
  const { data: queues } = useQuery(queueListQuery());
  const names = options ?? queues?.items.map(({ name }) => name) ?? [];
  return (
    <>
      <TextField
        {...field}
        label="Queue"
        list={listId}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={255}
        hint=" "
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
