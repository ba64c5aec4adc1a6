import type { Metadata } from "next";
import { WorkerView } from "@/components/workers/worker-view";
import { decodePathParam } from "@/lib/format/path-param";

export const metadata: Metadata = { title: "Worker" };

/** Flower's path, so that old links work. */
export default async function WorkerPage({ params }: PageProps<"/worker/[hostname]">) {
  const { hostname } = await params;
  return <WorkerView hostname={decodePathParam(hostname)} />;
}
