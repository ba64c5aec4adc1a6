"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { actionKeys, type RevokeRequest, revokeTask } from "@/lib/api/queries/control";
import { taskKeys } from "@/lib/api/queries/tasks";
import { workerKeys } from "@/lib/api/queries/workers";
import type { RevokeAnswer } from "@/lib/api/schemas/control";

interface RevokeOptions {
  id: string;
  onAnswer: (answer: RevokeAnswer) => void;
}

/** Has the workers drop a task, or end it; what is shown of it and of them is asked again. */
export function useRevoke({ id, onAnswer }: RevokeOptions) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: RevokeRequest) => revokeTask(id, request),
    onSuccess: onAnswer,
    onSettled: () => {
      for (const queryKey of [taskKeys.detail(id), workerKeys.all, actionKeys.all]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
}
