import type { TaskFilter } from "../schemas/tasks";

/** The filter as a query string: the same names in the API and in the address of the tasks page. */
export function toTaskParams(filter: TaskFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    for (const text of Array.isArray(value) ? value : [value]) params.append(key, text);
  }
  return params;
}

/** Address of the tasks page with `filter` applied. */
export function toTasksHref(filter: TaskFilter): string {
  const params = toTaskParams(filter);
  return params.size === 0 ? "/tasks" : `/tasks?${params}`;
}

/** Address of a task's page; ids may hold any character. */
export function toTaskHref(id: string): string {
  return `/task/${encodeURIComponent(id)}`;
}
