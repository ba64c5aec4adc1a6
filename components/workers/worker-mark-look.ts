import { Boxes, type LucideIcon, Snowflake, TrendingUp } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { WorkerMark } from "@/lib/api/schemas/workers";

interface MarkLook {
  tone: Tone;
  icon: LucideIcon;
  label: string;
}

/** Icon, word and colour of what is wrong with a worker: red stands still, amber could be better. */
export const MARK_LOOKS: Record<WorkerMark["mark"], MarkLook> = {
  frozen: { tone: "red", icon: Snowflake, label: "Frozen" },
  hoarding: { tone: "amber", icon: Boxes, label: "Hoarding" },
  "memory-growing": { tone: "amber", icon: TrendingUp, label: "Memory grows" },
};
