"use client";

import { Radio } from "lucide-react";
import { toast } from "sonner";
import { CommandButton } from "@/components/control/command-button";
import { useObstacle } from "@/components/control/use-obstacle";
import { useWorkerCommand } from "@/components/control/use-worker-command";
import type { Worker } from "@/lib/api/schemas/workers";

/** Asks a worker whether it listens; changes nothing, so it does not ask first. */
export function PingButton({ worker }: { worker: Pick<Worker, "hostname" | "status"> }) {
  const { hostname } = worker;
  const obstacle = useObstacle(worker);
  const ping = useWorkerCommand({
    hostname,
    command: "ping",
    onAnswer: ({ reply }) => toast.success(hostname, { description: reply }),
  });
  return (
    <CommandButton
      obstacle={obstacle}
      busy={ping.isPending}
      onClick={() => ping.mutate({}, { onError: (error) => toast.error(error.message) })}
    >
      {ping.isPending ? null : <Radio className="size-3.5" aria-hidden />}
      Ping
    </CommandButton>
  );
}
