import type { Metadata } from "next";
import { StuckView } from "@/components/stuck/stuck-view";

export const metadata: Metadata = { title: "Stuck tasks" };

export default function StuckPage() {
  return <StuckView />;
}
