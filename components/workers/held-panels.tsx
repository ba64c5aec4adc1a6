"use client";

import { useState } from "react";
import { type RevokeChoice, RevokeDialog } from "@/components/control/revoke-dialog";
import { useObstacle } from "@/components/control/use-obstacle";
import type { HeldTask } from "@/lib/api/schemas/worker-parts";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { HeldPanel } from "./held-panel";

/** Pools that can't end a task: it shares their one process. */
const POOLS_WITHOUT_TERMINATE = ["solo", "threads"];

/** What a worker holds: what runs, what waits for a free process, what waits for its time. */
export function HeldPanels({ worker }: { worker: WorkerDetail }) {
  const [choice, setChoice] = useState<RevokeChoice | null>(null);
  const [isOpen, setOpen] = useState(false);
  const { active, reserved, scheduled } = worker.held;
  const obstacle = useObstacle(worker);
  // What an offline worker held may be on its way to another: revoking it reaches them all.
  const revokeObstacle = useObstacle();
  const isUnable = POOLS_WITHOUT_TERMINATE.includes(worker.pool ?? "");
  const choose =
    (terminates: boolean) =>
    ({ id, name }: HeldTask) => {
      setChoice({ task: { id, name, worker: worker.hostname }, terminates });
      setOpen(true);
    };
  const terminate = {
    label: "Terminate",
    obstacle: isUnable ? `A ${worker.pool} pool can't end a single task` : obstacle,
    onPress: choose(true),
  };
  const revoke = { label: "Revoke", obstacle: revokeObstacle, onPress: choose(false) };
  const revoked = new Set(worker.revoked);
  return (
    <>
      <HeldPanel kind="active" held={active} revoked={revoked} action={terminate} />
      <HeldPanel kind="reserved" held={reserved} revoked={revoked} action={revoke} />
      <HeldPanel kind="scheduled" held={scheduled} revoked={revoked} action={revoke} />
      <RevokeDialog choice={choice} open={isOpen} onOpenChange={setOpen} />
    </>
  );
}
