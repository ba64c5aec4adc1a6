import { Ban, CircleCheck, CirclePause, CircleX, type LucideIcon, Play } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { Batch } from "@/lib/api/schemas/redispatches";

/** Icon, word and colour of a batch's state. */
export const BATCH_LOOKS: Record<Batch["state"], { tone: Tone; icon: LucideIcon; label: string }> = {
  running: { tone: "blue", icon: Play, label: "Running" },
  paused: { tone: "amber", icon: CirclePause, label: "Paused" },
  done: { tone: "green", icon: CircleCheck, label: "Done" },
  cancelled: { tone: "gray", icon: Ban, label: "Cancelled" },
  failed: { tone: "red", icon: CircleX, label: "Failed" },
};
