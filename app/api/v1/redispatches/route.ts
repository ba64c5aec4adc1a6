import { z } from "zod";
import { pageQuerySchema } from "@/lib/api/schemas/common";
import { createBatchSchema } from "@/lib/api/schemas/redispatches";
import { readCursor, writeCursor } from "@/lib/http/cursor";
import { route } from "@/lib/http/route";
import { startBatch } from "@/lib/redispatch/start-batch";
import { listBatches } from "@/lib/store/batches";
import { viewBatch } from "@/lib/views/batch-view";
import { checkPatches } from "@/lib/views/check-patches";
import { describeChanges } from "@/lib/views/describe-changes";
import { checkCountdown, readOptionalSelection } from "@/lib/views/redispatch-request";

const cursorSchema = z.tuple([z.number(), z.string()]);

export const GET = route({ query: pageQuerySchema }, async ({ query, services }) => {
  const [createdAt, id] = query.cursor ? readCursor(query.cursor, cursorSchema) : [];
  const after = createdAt === undefined || id === undefined ? null : { createdAt, id };
  const found = await listBatches(services.store, query.limit + 1, after);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(viewBatch),
    nextCursor: last && found.length > page.length ? writeCursor([last.createdAt, last.id]) : null,
  };
});

export const POST = route({ body: createBatchSchema, status: 201 }, async ({ body, actor, services }) => {
  checkCountdown(body, services.settings);
  checkPatches(body.patches, services.settings.CELERIAC_REDACT);
  const id = await startBatch(services.store, {
    ...body,
    selection: readOptionalSelection(body),
    actor: actor.name,
    changes: describeChanges(body, services.settings.CELERIAC_REDACT),
  });
  return { id };
});
