import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { createClient } from "@libsql/client";

const N = 100_000,
  C = 1_000;
const table = `CREATE TABLE batch_item (
  batch_id TEXT NOT NULL, position INTEGER NOT NULL, original_id TEXT NOT NULL, new_id TEXT NOT NULL, name TEXT, queue TEXT,
  queue_rule TEXT, status TEXT NOT NULL, reason TEXT, outcome TEXT, fingerprint TEXT, after TEXT NOT NULL, args TEXT, kwargs TEXT,
  PRIMARY KEY (batch_id, position))`;
const idx = {
  o: "CREATE INDEX bi_o ON batch_item (original_id)",
  n: "CREATE INDEX bi_n ON batch_item (new_id)",
  u: "CREATE INDEX bi_u ON batch_item (batch_id, outcome, position)",
  pu: "CREATE INDEX bi_u ON batch_item (batch_id, outcome, position) WHERE outcome IS NOT NULL",
};
const cols = [
  "position",
  "original_id",
  "new_id",
  "name",
  "queue",
  "queue_rule",
  "status",
  "reason",
  "fingerprint",
  "after",
];
const row = (p) => ({
  position: p,
  original_id: randomUUID(),
  new_id: randomUUID(),
  name: "shop.tasks.charge_card",
  queue: "celery",
  queue_rule: "default",
  status: "waiting",
  reason: null,
  fingerprint: "FAILURE@1772359199964000",
  after: "",
});
async function run(label, { indexes, make, withoutRowid }) {
  for (const s of ["", "-wal", "-shm"]) rmSync("/tmp/w/ins.db" + s, { force: true });
  const c = createClient({ url: "file:/tmp/w/ins.db" });
  for (const p of [
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "journal_size_limit = 67108864",
    "cache_size = " + (process.env.CACHE ?? -2000),
    "wal_autocheckpoint = " + (process.env.CP ?? 1000),
  ])
    await c.execute("PRAGMA " + p);
  await c.execute(table + (withoutRowid ? " WITHOUT ROWID" : ""));
  for (const i of indexes) await c.execute(idx[i]);
  const all = Array.from({ length: N }, (_, p) => row(p));
  const cpu = process.cpuUsage();
  const at = performance.now();
  for (let f = 0; f < N; f += C) await c.execute(make(all.slice(f, f + C)));
  const u = process.cpuUsage(cpu);
  console.log(
    label.padEnd(34),
    ((u.user + u.system) / N).toFixed(1),
    "us/row; wall",
    Math.round(performance.now() - at),
    "ms",
  );
  c.close();
}
const B = "b1111111-1111-1111-1111-111111111111";
const A = (rows) => ({
  sql: `INSERT INTO batch_item (batch_id, ${cols}) SELECT ?, ${cols.map((c) => "r." + c)} FROM (SELECT ${cols.map((c) => `value ->> '${c}' AS ${c}`)} FROM json_each(?)) AS r`,
  args: [B, JSON.stringify(rows)],
});
const Arr = (rows) => ({
  sql: `INSERT INTO batch_item (batch_id, ${cols}) SELECT ?, ${cols.map((c) => "r." + c)} FROM (SELECT ${cols.map((c, i) => `value ->> ${i} AS ${c}`)} FROM json_each(?)) AS r`,
  args: [B, JSON.stringify(rows.map((r) => cols.map((c) => r[c])))],
});
const Sub = (rows) => ({
  sql: `INSERT INTO batch_item (batch_id, ${cols}) SELECT ?, ${cols.map((c) => "r." + c)} FROM (SELECT ${cols.map((c, i) => `value ->> '$[${i}]' AS ${c}`)} FROM json_each(?)) AS r`,
  args: [B, JSON.stringify(rows.map((r) => cols.map((c) => r[c])))],
});
const Vals = (rows) => ({
  sql: `INSERT INTO batch_item (batch_id, ${cols}) VALUES ${rows.map(() => `(?1, ${cols.map(() => "?")})`).join(",")}`,
  args: [B, ...rows.flatMap((r) => cols.map((c) => r[c]))],
});
// one array per column, joined by position
const Cols = (rows) => ({
  sql: `INSERT INTO batch_item (batch_id, ${cols}) SELECT ?, ${cols.map((c, i) => `c${i}.value`)} FROM json_each(?) c0 ${cols
    .slice(1)
    .map((c, i) => `JOIN json_each(?) c${i + 1} ON c${i + 1}.key = c0.key`)
    .join(" ")}`,
  args: [B, ...cols.map((c) => JSON.stringify(rows.map((r) => r[c])))],
});
await run("objects, all indexes", { indexes: ["o", "n", "u"], make: A });
await run("objects, o + partial", { indexes: ["o", "pu"], make: A });
await run("arrays, o + partial", { indexes: ["o", "pu"], make: Arr });
