import { Cpu, Layers, LayoutDashboard, type LucideIcon, RotateCcw, ScrollText } from "lucide-react";

interface Section {
  href: string;
  label: string;
  icon: LucideIcon;
  /** First part of the paths that belong to it. */
  paths: readonly string[];
}

/** The pages of the navigation. */
export const SECTIONS: readonly Section[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard, paths: [""] },
  { href: "/tasks", label: "Tasks", icon: ScrollText, paths: ["tasks", "task"] },
  { href: "/queues", label: "Queues", icon: Layers, paths: ["queues", "queue"] },
  { href: "/workers", label: "Workers", icon: Cpu, paths: ["workers", "worker"] },
  { href: "/retries", label: "Retries", icon: RotateCcw, paths: ["retries"] },
];

/** Whether `pathname` belongs to `section`. */
export function isInSection(section: Section, pathname: string): boolean {
  return section.paths.includes(pathname.split("/")[1] ?? "");
}
