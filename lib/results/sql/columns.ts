import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";

/** The table's name and its columns: the only identifiers in our SQL, none of them from outside. */
export const TABLE: Sql = raw("django_celery_results_taskresult");

export const COLUMN = {
  id: sql`id`,
  taskId: sql`task_id`,
  status: sql`status`,
  name: sql`task_name`,
  worker: sql`worker`,
  args: sql`task_args`,
  kwargs: sql`task_kwargs`,
  contentType: sql`content_type`,
  contentEncoding: sql`content_encoding`,
  result: sql`result`,
  traceback: sql`traceback`,
  meta: sql`meta`,
  createdAt: sql`date_created`,
  startedAt: sql`date_started`,
  doneAt: sql`date_done`,
  periodicTaskName: sql`periodic_task_name`,
} as const satisfies Record<string, Sql>;
