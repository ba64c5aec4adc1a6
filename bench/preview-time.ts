import { readFileSync, rmSync } from "node:fs";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { createPreview } from "@/lib/redispatch/create-preview";
import { openResultTable } from "@/lib/results/open-result-table";
import { openStore } from "@/lib/store/open-store";

const { url, storeUrl } = JSON.parse(readFileSync("/tmp/w/plan-pg.json", "utf8"));
const kind = process.argv[2] ?? "sqlite";
const big = process.argv[3] === "big";
for (const suffix of ["", "-wal", "-shm"]) rmSync(`/tmp/w/plan-store.db${suffix}`, { force: true });
const store = await openStore(kind === "sqlite" ? "file:/tmp/w/plan-store.db" : storeUrl);
const results = openResultTable({ url });
const sources = { store, results };
const filter = big
  ? { state: ["SUCCESS"] }
  : { state: ["FAILURE"], from: "2026-03-01T09:00:00Z", to: "2026-03-01T11:00:00Z" };
await results.getShape();
globalThis.gc?.();
console.log(
  "base MB",
  Math.round(process.memoryUsage.rss() / 1e6),
  "heap",
  Math.round(process.memoryUsage().heapUsed / 1e6),
);
let peak = 0;
const timer = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
for (let run = 0; run < (big ? 1 : Number(process.env.RUNS ?? 3)); run++) {
  let at = performance.now();
  const count = await countTaskHistory(sources, readHistoryQuery(filter, sources));
  console.log("count", count, Math.round(performance.now() - at), "ms");
  at = performance.now();
  const cpu = process.cpuUsage();
  const { summary } = await createPreview(sources, { routes: {}, defaultQueue: "celery" }, {
    selection: { filter },
    actor: "bench",
    queue: null,
    confirmTyped: false,
    includeRedispatched: false,
  } as never);
  const used = process.cpuUsage(cpu);
  console.log(
    kind,
    summary.total,
    summary.ready,
    Math.round(performance.now() - at),
    "ms; cpu",
    Math.round((used.user + used.system) / 1000),
    "ms; peak MB",
    Math.round(peak / 1e6),
  );
}
clearInterval(timer);
await store.close();
await results.close();
