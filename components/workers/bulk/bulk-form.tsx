"use client";

import { useState } from "react";
import { describeEffect, isLostOnRestart } from "@/components/control/describe-effect";
import { readCommandBody, readNumber } from "@/components/control/read-command-body";
import { Button } from "@/components/ui/button";
import { FormFooter } from "@/components/ui/form-footer";
import type { Worker } from "@/lib/api/schemas/workers";
import type { BulkAction } from "./bulk-actions";
import { BulkFields } from "./bulk-fields";
import { BulkResults } from "./bulk-results";
import { findObjection } from "./find-objection";
import { useBulkCommand } from "./use-bulk-command";

interface BulkFormProps {
  action: BulkAction;
  workers: readonly Worker[];
  onClose: () => void;
}

/** Says what an action would do to each of several workers, does it on confirmation, and lists their answers. */
export function BulkForm({ action, workers, onClose }: BulkFormProps) {
  const { command, isDangerous = false } = action;
  const hostnames = workers.map(({ hostname }) => hostname);
  const [what, setWhat] = useState(command === "pool-grow" || command === "pool-shrink" ? "1" : "");
  const bulk = useBulkCommand(hostnames);
  const { body } = readCommandBody(command, toInput(command, what));
  const objection = body === null ? null : findObjection(command, what, workers);
  const isAsking = bulk.phase === "asking";
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (body !== null && objection === null && isAsking) bulk.send(command, body);
      }}
    >
      <BulkFields command={command} workers={workers} value={what} onChange={setWhat} objection={objection} />
      <p className="min-h-10 text-sm">
        {body === null ? null : describeEffect("Each", command, body)}
        {isLostOnRestart(command) ? <span className="text-ink-muted"> Lost when it restarts.</span> : null}
      </p>
      <BulkResults hostnames={hostnames} outcomes={bulk.outcomes} isSending={bulk.phase === "sending"} />
      <FormFooter>
        <Button onClick={onClose}>{bulk.phase === "done" ? "Close" : "Cancel"}</Button>
        <Button
          type="submit"
          variant={isDangerous ? "danger" : "primary"}
          busy={bulk.phase === "sending"}
          disabled={body === null || objection !== null || !isAsking}
        >
          {action.confirm(workers.length, what.trim())}
        </Button>
      </FormFooter>
    </form>
  );
}

function toInput(command: BulkAction["command"], what: string): Record<string, unknown> {
  if (command === "pool-grow" || command === "pool-shrink") return { n: readNumber(what) };
  return command === "add-consumer" || command === "cancel-consumer" ? { queue: what.trim() } : {};
}
