import type { Metadata } from "next";
import { RetriesView } from "@/components/retries/retries-view";

export const metadata: Metadata = { title: "Retries" };

export default function RetriesPage() {
  return <RetriesView />;
}
