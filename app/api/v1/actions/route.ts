import { z } from "zod";
import { actionListQuerySchema } from "@/lib/api/schemas/control";
import { readCursor, writeCursor } from "@/lib/http/cursor";
import { route } from "@/lib/http/route";
import { listActions } from "@/lib/store/actions";
import { viewAction } from "@/lib/views/action-view";

const cursorSchema = z.tuple([z.number(), z.string()]);

export const GET = route({ query: actionListQuerySchema }, async ({ query, services }) => {
  const [at, id] = query.cursor ? readCursor(query.cursor, cursorSchema) : [];
  const after = at === undefined || id === undefined ? null : { at, id };
  const { target = null, limit } = query;
  const found = await listActions(services.store, { target, limit: limit + 1, after });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(viewAction),
    nextCursor: last && found.length > page.length ? writeCursor([last.at, last.id]) : null,
  };
});
