import {
  BookX,
  CalendarClock,
  Gauge,
  ListEnd,
  type LucideIcon,
  PlugZap,
  Snowflake,
  Timer,
  Unplug,
  UsersRound,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { WaitingReason } from "@/lib/api/schemas/stuck";

interface WaitingLook {
  tone: Tone;
  icon: LucideIcon;
  label: string;
}

/** Icon, word and colour of what a task waits for: red will not pass by itself. */
export const WAITING_LOOKS: Record<WaitingReason, WaitingLook> = {
  "no-consumer": { tone: "red", icon: PlugZap, label: "No consumer" },
  unregistered: { tone: "red", icon: BookX, label: "Unregistered" },
  "worker-frozen": { tone: "red", icon: Snowflake, label: "Frozen" },
  "worker-gone": { tone: "amber", icon: Unplug, label: "Worker gone" },
  "slots-busy": { tone: "amber", icon: UsersRound, label: "Slots busy" },
  "rate-limited": { tone: "amber", icon: Gauge, label: "Rate limit" },
  "reserved-behind": { tone: "amber", icon: Timer, label: "Reserved" },
  "queued-behind": { tone: "gray", icon: ListEnd, label: "In its queue" },
  eta: { tone: "gray", icon: CalendarClock, label: "Not yet due" },
};
