import { route } from "@/lib/http/route";
import { requireBatch, viewBatch } from "@/lib/views/batch-view";

export const GET = route({}, async ({ params, services }) =>
  viewBatch(await requireBatch(services.store, params.id ?? "")),
);
