"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { actionKeys, sendWorkerCommand } from "@/lib/api/queries/control";
import { workerKeys } from "@/lib/api/queries/workers";
import type { WorkerCommand, WorkerCommandBody } from "@/lib/api/schemas/control";
import { type BulkOutcome, sendToEach } from "./send-to-each";

export interface BulkCommand {
  /** `asking` until it is confirmed. */
  phase: "asking" | "sending" | "done";
  outcomes: ReadonlyMap<string, BulkOutcome>;
  send: <Command extends WorkerCommand>(command: Command, body: WorkerCommandBody<Command>) => void;
}

/** One command to several workers, and what came of it at each. */
export function useBulkCommand(hostnames: readonly string[]): BulkCommand {
  const client = useQueryClient();
  const [phase, setPhase] = useState<BulkCommand["phase"]>("asking");
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, BulkOutcome>>(new Map());
  return {
    phase,
    outcomes,
    send: async (command, body) => {
      setPhase("sending");
      await sendToEach(
        hostnames,
        (hostname) => sendWorkerCommand(hostname, command, body),
        (hostname, outcome) => setOutcomes((before) => new Map(before).set(hostname, outcome)),
      );
      setPhase("done");
      void client.invalidateQueries({ queryKey: workerKeys.all });
      void client.invalidateQueries({ queryKey: actionKeys.all });
    },
  };
}
