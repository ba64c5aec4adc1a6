/** Every header that Celery or its transports write for themselves in protocol 2 (celery-wire.md A.1, 5.7.0). */
export const CELERY_HEADERS: ReadonlySet<string> = new Set([
  ...["lang", "task", "id", "shadow", "eta", "expires", "group", "group_index", "retries", "timelimit"],
  ...["root_id", "parent_id", "argsrepr", "kwargsrepr", "origin", "ignore_result", "replaced_task_nesting"],
  ...["stamped_headers", "stamps", "compression", "redelivered"],
]);
