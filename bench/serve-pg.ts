import { writeFileSync } from "node:fs";
import { Client } from "pg";
import { startPostgresServer } from "@/tests/support/start-postgres-server";

const ROWS = Number(process.argv[2] ?? 4_000_000);
const server = await startPostgresServer();
const url = await server.createDatabase("shop");
const storeUrl = await server.createDatabase("store");
const client = new Client({ connectionString: url });
await client.connect();
await client.query("SET synchronous_commit = off");
await client.query(`CREATE TABLE django_celery_results_taskresult (
 id serial PRIMARY KEY, task_id varchar(255) NOT NULL, status varchar(50) NOT NULL, content_type varchar(128) NOT NULL,
 content_encoding varchar(64) NOT NULL, result text, date_done timestamptz NOT NULL, traceback text, meta text,
 task_args text, task_kwargs text, task_name varchar(255), worker varchar(100), date_created timestamptz NOT NULL,
 periodic_task_name varchar(255), date_started timestamptz)`);
console.time("rows");
// One row in 40 failed; the last 100,000 failures within an hour are the outage.
await client.query(`INSERT INTO django_celery_results_taskresult
 (task_id, status, content_type, content_encoding, result, date_done, traceback, meta, task_args, task_kwargs, task_name, worker, date_created, date_started)
 SELECT gen_random_uuid()::text, s.status, 'application/json', 'utf-8',
  CASE WHEN s.status = 'FAILURE' THEN '{"exc_type": "' || (ARRAY['ConnectionError','TimeoutError','ServiceUnavailable','OperationalError'])[1 + n % 4] || '", "exc_message": ["HTTPConnectionPool(host=''payments.example.com'', port=443): Read timed out for order ' || n || ' after 30.0 s (request ' || md5(n::text) || ')"], "exc_module": "' || (ARRAY['builtins','builtins','shop.outside','kombu.exceptions'])[1 + n % 4] || '"}' ELSE '{"delivered": true, "n": ' || n || '}' END,
  t.at, CASE WHEN s.status = 'FAILURE' THEN repeat('  File "/srv/shop/tasks.py", line 12, in charge' || chr(10) || '    return client.post(url, json=payload)' || chr(10), 8) END, '{"children": []}',
  '"(' || n || ', ''' || md5((n * 7)::text) || ''', {''lines'': [1, 2, 3], ''note'': ''' || repeat('x', 120) || '''})"',
  '"{''currency'': ''EUR'', ''amount'': ' || n || '.5, ''customer'': {''id'': ' || n || ', ''name'': ''J\\u00f6rg''}}"',
  'shop.tasks.' || (ARRAY['charge_card','send_mail','deliver_webhook','refund','render_report','sync_stock','notify','score','index','export','import_feed','cleanup'])[1 + n % 12],
  'worker' || n % 6 || '@host', t.at - interval '1 second', t.at - interval '0.5 second'
 FROM generate_series(1, ${ROWS}) n
 CROSS JOIN LATERAL (SELECT CASE WHEN n > ${ROWS} - 100000 THEN 'FAILURE' WHEN n % 40 = 0 THEN 'FAILURE' ELSE 'SUCCESS' END AS status) s
 CROSS JOIN LATERAL (SELECT timestamptz '2026-03-01 10:00:00+00' + (n - ${ROWS}) * interval '36 milliseconds' AS at) t`);
console.timeEnd("rows");
console.time("indexes");
const t = "django_celery_results_taskresult";
await client.query(`ALTER TABLE ${t} ADD UNIQUE (task_id)`);
for (const [name, column] of [
  ["a", "task_name"],
  ["b", "status"],
  ["c", "worker"],
  ["d", "date_created"],
  ["e", "date_done"],
  ["f", "periodic_task_name"],
]) {
  await client.query(`CREATE INDEX django_cele_${name}_idx ON ${t} (${column})`);
}
await client.query(`ANALYZE ${t}`);
console.timeEnd("indexes");
await client.end();
writeFileSync("/tmp/w/plan-pg.json", JSON.stringify({ url, storeUrl, pid: process.pid }));
console.log("ready", url, storeUrl);
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
setInterval(() => {}, 1 << 30);
