import type { Metadata } from "next";
import { QueueView } from "@/components/queue/queue-view";
import { decodePathParam } from "@/lib/format/path-param";

export const metadata: Metadata = { title: "Queue" };

export default async function QueuePage({ params }: PageProps<"/queue/[name]">) {
  const { name } = await params;
  return <QueueView name={decodePathParam(name)} />;
}
