import {
  Cpu,
  Hourglass,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  RotateCcw,
  ScrollText,
  Settings,
  Shapes,
} from "lucide-react";
import type { Stats } from "@/lib/api/schemas/live";

export interface Section {
  href: string;
  label: string;
  icon: LucideIcon;
  /** First part of the paths that belong to it. */
  paths: readonly string[];
  /** What a person should look at there; nothing is shown for none. */
  count?: (stats: Stats) => number | null;
}

/** The pages of the navigation. */
export const SECTIONS: readonly Section[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard, paths: [""] },
  { href: "/tasks", label: "Tasks", icon: ScrollText, paths: ["tasks", "task"] },
  { href: "/types", label: "Types", icon: Shapes, paths: ["types", "type"] },
  { href: "/queues", label: "Queues", icon: Layers, paths: ["queues", "queue"] },
  { href: "/workers", label: "Workers", icon: Cpu, paths: ["workers", "worker"] },
  {
    href: "/stuck",
    label: "Stuck",
    icon: Hourglass,
    paths: ["stuck"],
    count: ({ stuckTasks }) => stuckTasks,
  },
  { href: "/retries", label: "Retries", icon: RotateCcw, paths: ["retries"] },
  { href: "/settings", label: "Settings", icon: Settings, paths: ["settings"] },
];

/** Whether `pathname` belongs to `section`. */
export function isInSection(section: Section, pathname: string): boolean {
  return section.paths.includes(pathname.split("/")[1] ?? "");
}
