import type { Metadata } from "next";
import { TypesView } from "@/components/types/types-view";

export const metadata: Metadata = { title: "Task types" };

export default function TypesPage() {
  return <TypesView />;
}
