import { route } from "@/lib/http/route";
import { listFailureGroups } from "@/lib/store/batch-outcomes";
import { requireBatch } from "@/lib/views/batch-view";

const MOST_GROUPS = 50;

export const GET = route({}, async ({ params, services }) => {
  const { id } = await requireBatch(services.store, params.id ?? "");
  return { items: await listFailureGroups(services.store, id, MOST_GROUPS) };
});
