import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TypeRange } from "@/lib/numbers/type-ranges";
import { requestJson } from "../client";
import { type TaskType, type TaskTypePage, taskTypePageSchema } from "../schemas/task-types";

const PAGE = "200";
/** As many as the server knows of at most. */
const MAX_PAGES = 10;
const FRESH_MS = 60_000;

const taskTypeKeys = {
  all: ["task-types"] as const,
  detail: (name: string) => ["task-types", "detail", name] as const,
  list: (range: TypeRange) => ["task-types", "list", range] as const,
};

/** The task names that are known, for suggestions. They change rarely: no topic moves them. */
export function taskTypesQuery() {
  return queryOptions({
    queryKey: taskTypeKeys.all,
    queryFn: ({ signal }) =>
      requestJson("/task-types", {
        schema: taskTypePageSchema,
        query: new URLSearchParams({ limit: PAGE, range: "hour" }),
        signal,
      }),
    staleTime: FRESH_MS,
  });
}

/** All types with their numbers, page after page, because the screen sorts and finds among all of them. */
export function taskTypeListQuery(range: TypeRange) {
  return queryOptions({
    queryKey: taskTypeKeys.list(range),
    queryFn: async ({ signal }): Promise<TaskTypePage> => {
      const items: TaskType[] = [];
      const query = new URLSearchParams({ limit: PAGE, range });
      for (let pages = 1; ; pages++) {
        const page = await requestJson("/task-types", { schema: taskTypePageSchema, query, signal });
        items.push(...page.items);
        if (page.nextCursor === null || pages === MAX_PAGES) return { ...page, items };
        query.set("cursor", page.nextCursor);
      }
    },
    placeholderData: keepPreviousData,
  });
}

/** One type alone, with its numbers of a day; no item where no such name is known. */
export function taskTypeQuery(name: string) {
  return queryOptions({
    queryKey: taskTypeKeys.detail(name),
    queryFn: ({ signal }) =>
      requestJson("/task-types", {
        schema: taskTypePageSchema,
        query: new URLSearchParams({ name, range: "day" }),
        signal,
      }),
  });
}

/** Address of a type's page; names may hold any character. */
export function toTypeHref(name: string): string {
  return `/type/${encodeURIComponent(name)}`;
}
