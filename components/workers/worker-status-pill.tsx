import { CircleCheck, Unplug } from "lucide-react";
import { Pill } from "@/components/ui/pill";
import type { Worker } from "@/lib/api/schemas/workers";

/** Whether a worker's heartbeats arrive. */
export function WorkerStatusPill({ status }: { status: Worker["status"] }) {
  return status === "online" ? (
    <Pill tone="green" icon={CircleCheck} label="Online" />
  ) : (
    <Pill tone="red" icon={Unplug} label="Offline" />
  );
}
