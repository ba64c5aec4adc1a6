import type { ArgsSource } from "@/lib/celery/args-source";

/** Where args were read, after "from". */
export const ARGS_SOURCE_WORDS: Record<ArgsSource, string> = {
  "result-table": "the result table",
  events: "the task's events",
  "database-backend": "Celery's own result table",
  "redis-backend": "the Redis result backend",
  captured: "the worker that held the task",
};
