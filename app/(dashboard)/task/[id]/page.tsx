import type { Metadata } from "next";
import { TaskView } from "@/components/task/task-view";
import { decodePathParam } from "@/lib/format/path-param";

export const metadata: Metadata = { title: "Task" };

/** Flower's path, so that old links work. */
export default async function TaskPage({ params }: PageProps<"/task/[id]">) {
  const { id } = await params;
  return <TaskView id={decodePathParam(id)} />;
}
