import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { openBroker } from "@/lib/broker/open";
import { createLogger } from "@/lib/logger";
import { createPreview } from "@/lib/redispatch/create-preview";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import { startBatch } from "@/lib/redispatch/start-batch";
import { openResultTable } from "@/lib/results/open-result-table";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder } from "@/tests/support/make-temp-folder";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startRedisServer } from "@/tests/support/start-redis-server";

const COUNT = Number(process.argv[2] ?? 100_000);
const STORE = process.argv[3] ?? "postgresql";
const BROKER = process.argv[4] ?? "redis";
const pg = await startPostgresServer();
const redis = BROKER === "redis" ? await startRedisServer() : null;
const rabbit = BROKER === "amqp" ? await startRabbitmqServer() : null;
if (rabbit) await rabbit.callApi("PUT", "queues/%2F/celery", { durable: true });
const url = await pg.createDatabase("shop");
const environment = await ensurePythonEnvironment("newest");
const project = await createTestProject({
  environment,
  brokerUrl: redis?.url ?? rabbit!.url,
  databaseUrl: url,
});
const client = new Client({ connectionString: url });
await client.connect();
await client.query(`INSERT INTO django_celery_results_taskresult
  (task_id, status, content_type, content_encoding, result, date_done, traceback, meta, task_args, task_kwargs, task_name, worker, date_created)
  SELECT gen_random_uuid()::text, 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "ConnectionError", "exc_message": ["down"], "exc_module": "builtins"}',
   now() - interval '1 hour' + n * interval '1 millisecond', 'Traceback', '{"children": []}',
   '"(' || n || ', ''' || md5(n::text) || repeat('x', 100) || ''', [1, 2.5, None])"',
   '"{''currency'': ''EUR'', ''note'': ''' || repeat('y', 90) || ''', ''ok'': True}"',
   'test_project.tasks.flaky', 'worker@host', now() - interval '1 hour'
  FROM generate_series(1, ${COUNT}) n`);
await client.query("ANALYZE django_celery_results_taskresult");
const storeUrl =
  STORE === "postgresql" ? await pg.createDatabase("store") : `file:${makeTempFolder("store")}/store.db`;
const store = await openStore(storeUrl);
const results = openResultTable({ url });
const broker = openBroker(
  redis ? { url: redis.url } : { url: rabbit!.url, managementUrl: rabbit!.managementUrl },
);
const t0 = performance.now();
const { snapshot, summary } = await createPreview(
  { store, results },
  { routes: {}, defaultQueue: "celery" },
  {
    selection: { filter: { state: ["FAILURE"] } },
    actor: "bench",
    queue: null,
    confirmTyped: false,
    includeRedispatched: false,
  } as any,
);
console.log("preview", summary.total, summary.ready, ((performance.now() - t0) / 1000).toFixed(2), "s");
const stopping = new AbortController();
const runner = runBatches({ store, results, broker, signal: stopping.signal, logger: createLogger("bench") });
const c0 = process.cpuUsage();
const t1 = performance.now();
await startBatch(store, {
  snapshot,
  selection: null,
  actor: "b",
  reason: "",
  ratePerSecond: null,
  queue: null,
  countdownSeconds: null,
  confirmTyped: false,
  includeRedispatched: false,
  overrides: [],
} as any);
for (;;) {
  const b = await getBatch(store, snapshot);
  if (b?.state === "done" || b?.state === "failed") {
    const s = (b.finishedAt! - b.startedAt!) / 1000;
    const cpu = process.cpuUsage(c0);
    console.log(
      STORE,
      BROKER,
      b.state,
      b.error,
      b.dispatched,
      "in",
      s,
      "s:",
      Math.round(b.dispatched / s),
      "/s; wall",
      ((performance.now() - t1) / 1000).toFixed(2),
      "cpu",
      (cpu.user / 1e6).toFixed(2),
      (cpu.system / 1e6).toFixed(2),
      "rss",
      Math.round(process.resourceUsage().maxRSS / 1024),
    );
    break;
  }
  await new Promise((r) => setTimeout(r, 50));
}
stopping.abort();
await runner;
await client.end();
await store.close();
await results.close();
await broker.close();
await project.stop();
await Promise.all([pg.stop(), redis?.stop(), rabbit?.stop()]);
process.exit(0);
