import type { Metadata } from "next";
import { BatchView } from "@/components/retries/batch-view";
import { decodePathParam } from "@/lib/format/path-param";

export const metadata: Metadata = { title: "Retry" };

export default async function RetryPage({ params }: PageProps<"/retries/[id]">) {
  const { id } = await params;
  return <BatchView id={decodePathParam(id)} />;
}
