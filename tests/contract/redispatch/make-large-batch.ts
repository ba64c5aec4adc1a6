import { randomUUID } from "node:crypto";
import { sql } from "@/lib/store/sql";
import type { Store } from "@/lib/store/store";

const AT = 1_795_000_000_000;

export interface LargeBatch {
  readonly id: string;
  /** Of the tasks: `<prefix>-<position>`. */
  readonly prefix: string;
  readonly total: number;
}

/** A running batch of `total` failed tasks with args `(<position>,)`, written by the database itself: in a second. */
export async function makeLargeBatch(
  store: Store,
  { queue, total, ratePerSecond }: { queue: string; total: number; ratePerSecond: number | null },
): Promise<LargeBatch> {
  const { client } = store;
  const id = randomUUID();
  const prefix = id.slice(0, 8);
  const positions = sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${total})`;
  const text = (value: string) => sql`CAST(${value} AS TEXT)`;
  await client.$executeRaw(sql`
    INSERT INTO task (id, name, state, queue, args, kwargs, attempts, state_at, sort_at)
    ${positions} SELECT ${text(`${prefix}-`)} || i, 'shop.tasks.send_mail', 'FAILURE', ${text(queue)},
      '(' || i || ',)', '{}', '[]', CAST(${AT} AS BIGINT), CAST(${AT} AS BIGINT) FROM n`);
  await client.$executeRaw(sql`
    INSERT INTO batch_item (batch_id, position, original_id, new_id, name, queue, queue_rule, status, fingerprint, after)
    ${positions} SELECT ${text(id)}, i, ${text(`${prefix}-`)} || i, ${text(`${prefix}-new-`)} || i,
      'shop.tasks.send_mail', ${text(queue)}, 'task-event', 'waiting', ${text(`FAILURE@${AT}`)}, '' FROM n`);
  const options = {
    countdownSeconds: null,
    confirmTyped: false,
    includeRedispatched: false,
    selectionDigest: "",
  };
  await client.batch.create({
    data: {
      ...{ id, state: "running", actor: "anna", reason: "outage", selection: "all" },
      ...{ options: JSON.stringify(options), total, ratePerSecond, createdAt: Date.now() },
    },
  });
  return { id, prefix, total };
}
