import { CopyPlus, Gauge, Hourglass, type LucideIcon, TimerOff, Unplug } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { StuckTask } from "@/lib/api/schemas/stuck";

interface StuckLook {
  tone: Tone;
  icon: LucideIcon;
  label: string;
}

/** Icon, word and colour of why a task is stuck: red does not end by itself, amber may. */
export const STUCK_LOOKS: Record<StuckTask["reason"], StuckLook> = {
  "worker-gone": { tone: "red", icon: Unplug, label: "Worker gone" },
  "over-time-limit": { tone: "red", icon: TimerOff, label: "Over its limit" },
  "slower-than-usual": { tone: "amber", icon: Gauge, label: "Slow" },
  "reserved-long": { tone: "amber", icon: Hourglass, label: "Reserved" },
  redelivered: { tone: "amber", icon: CopyPlus, label: "Redelivered" },
};
