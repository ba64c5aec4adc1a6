import { Client } from "pg";
import { runCommand } from "@/tests/support/run-command";

/** Twelve kinds of tasks, as an outage leaves them. */
const NAMES = 12;

interface Filling {
  /** Rows that succeeded long ago, and rows that failed within the last hour. */
  readonly succeeded: number;
  readonly failed: number;
}

/**
 * Writes rows as django-celery-results does, into a PostgreSQL database that has its table: about 300 bytes of args and
 * kwargs each, failed ones with a traceback. The failed ones' task_id begins with `failed-`.
 */
export async function fillResultTable(url: string, { succeeded, failed }: Filling): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(insertRows("succeeded", succeeded));
    await client.query(insertRows("failed", failed));
    await client.query("VACUUM ANALYZE django_celery_results_taskresult");
    await client.query("CHECKPOINT");
    // Else the disk is still busy with what was filled in while something else is measured.
    await runCommand("sync", []);
  } finally {
    await client.end();
  }
}

function insertRows(kind: "succeeded" | "failed", count: number): string {
  const outcome =
    kind === "failed"
      ? `'FAILURE', '{"exc_type": "ConnectionError", "exc_message": ["order ' || n || ' refused"], "exc_module": "builtins"}',
         now() - interval '1 hour' + n::float / ${count} * interval '1 hour', repeat('  File "shop/tasks.py", line 12, in send\\n', 20)`
      : `'SUCCESS', 'null', now() - interval '1 year' + n::float / ${Math.max(count, 1)} * interval '364 days', NULL`;
  return `
    INSERT INTO django_celery_results_taskresult (task_id, status, result, date_done, traceback,
      content_type, content_encoding, meta, task_args, task_kwargs, task_name, worker, date_created)
    SELECT '${kind}-' || md5(n::text), ${outcome},
      'application/json', 'utf-8', '{"children": []}',
      '"(' || n || ', ''' || md5(n::text) || repeat('x', 88) || ''', [1, 2.5, None])"',
      '"{''currency'': ''EUR'', ''note'': ''' || repeat('y', 90) || ''', ''ok'': True}"',
      'shop.tasks.kind_' || n % ${NAMES}, 'worker@host', now() - interval '1 hour'
    FROM generate_series(1, ${count}) n`;
}
