import { route } from "@/lib/http/route";
import { requireBatch, viewBatchDetail } from "@/lib/views/batch-view";

export const GET = route({}, async ({ params, services }) =>
  viewBatchDetail(services.store, await requireBatch(services.store, params.id ?? "")),
);
