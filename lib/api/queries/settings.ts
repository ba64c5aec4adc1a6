import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { settingListSchema } from "../schemas/settings";

/** The settings in force: they stay until the server starts anew. */
export function settingsQuery() {
  return queryOptions({
    queryKey: ["settings"],
    queryFn: ({ signal }) => requestJson("/settings", { schema: settingListSchema, signal }),
  });
}
