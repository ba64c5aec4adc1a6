import type { Metadata } from "next";
import { TypeView } from "@/components/types/type-view";
import { decodePathParam } from "@/lib/format/path-param";

export const metadata: Metadata = { title: "Task type" };

export default async function TypePage({ params }: PageProps<"/type/[name]">) {
  const { name } = await params;
  return <TypeView name={decodePathParam(name)} />;
}
