"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { actionKeys, sendWorkerCommand } from "@/lib/api/queries/control";
import { workerKeys } from "@/lib/api/queries/workers";
import type { CommandAnswer, WorkerCommand, WorkerCommandBody } from "@/lib/api/schemas/control";

const CARRIED_OUT_MS = 2_000;

interface WorkerCommandOptions<Command extends WorkerCommand> {
  hostname: string;
  command: Command;
  onAnswer: (answer: CommandAnswer) => void;
}

/** A command to one worker; whatever came of it, what is shown of workers is asked again. */
export function useWorkerCommand<Command extends WorkerCommand>({
  hostname,
  command,
  onAnswer,
}: WorkerCommandOptions<Command>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: WorkerCommandBody<Command>) => sendWorkerCommand(hostname, command, body),
    onSuccess: onAnswer,
    onSettled: () => {
      const askAgain = () => {
        void client.invalidateQueries({ queryKey: workerKeys.all });
        void client.invalidateQueries({ queryKey: actionKeys.all });
      };
      askAgain();
      // Some commands a worker answers first and carries out a moment later (celery-wire.md C.5).
      setTimeout(askAgain, CARRIED_OUT_MS);
    },
  });
}
