const TASK_KEYS = "celery-task-meta-";

/**
 * How the keys of task results begin (celery-wire.md G.2). `global_keyprefix` of `result_backend_transport_options`,
 * which Celery takes since 5.3, is given as a parameter of the URL; Celery parts it by `_` unless it ends in a separator.
 */
export function readKeyPrefix(url: string): string {
  const prefix = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? "").get("global_keyprefix") ?? "";
  return prefix === "" || /[:_.-]$/.test(prefix) ? prefix + TASK_KEYS : `${prefix}_${TASK_KEYS}`;
}
