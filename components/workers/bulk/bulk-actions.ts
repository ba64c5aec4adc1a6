import { EyeOff, type LucideIcon, Minus, Plus, Podcast, Power, Radio, Rows3, Unplug } from "lucide-react";
import { formatCounted } from "@/lib/format/count";

/** The commands that make sense for several workers at once. */
export type BulkCommandName =
  | "ping"
  | "enable-events"
  | "disable-events"
  | "pool-grow"
  | "pool-shrink"
  | "add-consumer"
  | "cancel-consumer"
  | "shutdown";

export interface BulkAction {
  command: BulkCommandName;
  icon: LucideIcon;
  /** In the bar. */
  label: string;
  isDangerous?: boolean;
  /** Verb and number, on the button that does it; `what` is how many processes, or which queue. */
  confirm: (count: number, what: string) => string;
}

/** In the order of the bar: what is harmless comes first. */
export const BULK_ACTIONS: readonly BulkAction[] = [
  { command: "ping", icon: Radio, label: "Ping", confirm: (count) => `Ping ${workers(count)}` },
  {
    ...{ command: "enable-events", icon: Podcast, label: "Enable events" },
    confirm: (count) => `Enable events on ${workers(count)}`,
  },
  {
    ...{ command: "disable-events", icon: EyeOff, label: "Disable events", isDangerous: true },
    confirm: (count) => `Disable events on ${workers(count)}`,
  },
  {
    ...{ command: "pool-grow", icon: Plus, label: "Grow" },
    confirm: (count, what) => `Grow ${pools(count)}${what && ` by ${what}`}`,
  },
  {
    ...{ command: "pool-shrink", icon: Minus, label: "Shrink", isDangerous: true },
    confirm: (count, what) => `Shrink ${pools(count)}${what && ` by ${what}`}`,
  },
  {
    ...{ command: "add-consumer", icon: Rows3, label: "Add a queue" },
    confirm: (count, what) => `Add ${what || "a queue"} to ${workers(count)}`,
  },
  {
    ...{ command: "cancel-consumer", icon: Unplug, label: "Cancel a queue", isDangerous: true },
    confirm: (count, what) => `Cancel ${what || "a queue"} on ${workers(count)}`,
  },
  {
    ...{ command: "shutdown", icon: Power, label: "Shut down", isDangerous: true },
    confirm: (count) => `Shut down ${workers(count)}`,
  },
];

function workers(count: number): string {
  return formatCounted(count, "worker");
}

function pools(count: number): string {
  return formatCounted(count, "pool");
}
