import { randomUUID } from "node:crypto";
import type { BatchOptions } from "@/lib/store/batch-record";
import { sql } from "@/lib/store/sql";
import type { Store } from "@/lib/store/store";

const AT = 1_795_000_000_000;

export interface LargeBatch {
  readonly id: string;
  /** Of the tasks: `<prefix>-<position>`. */
  readonly prefix: string;
  readonly total: number;
}

/** What a batch is made with. */
export interface LargeBatchRequest {
  readonly queue: string;
  readonly total: number;
  readonly ratePerSecond: number | null;
  readonly options?: Partial<BatchOptions>;
}

/** How a batch differs from another one of the same tasks. */
export interface TwinRequest extends Pick<LargeBatchRequest, "ratePerSecond"> {
  readonly stride: number;
}

/** A running batch of `total` failed tasks with args `(<position>,)`, written by the database itself: in a second. */
export async function makeLargeBatch(
  store: Store,
  { queue, total, ratePerSecond, options }: LargeBatchRequest,
): Promise<LargeBatch> {
  const { client } = store;
  const id = randomUUID();
  const prefix = id.slice(0, 8);
  const positions = sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${total})`;
  const text = (value: string) => sql`CAST(${value} AS TEXT)`;
  await client.$executeRaw(sql`
    INSERT INTO task_slice_1 (id, name, state, queue, args, kwargs, attempts, state_at, sort_at)
    ${positions} SELECT ${text(`${prefix}-`)} || i, 'shop.tasks.send_mail', 'FAILURE', ${text(queue)},
      '(' || i || ',)', '{}', '[]', CAST(${AT} AS BIGINT), CAST(${AT} AS BIGINT) FROM n`);
  await client.$executeRaw(sql`
    INSERT INTO batch_item (batch_id, position, original_id, new_id, name, queue, queue_rule, status, fingerprint, after)
    ${positions} SELECT ${text(id)}, i, ${text(`${prefix}-`)} || i, ${text(`${prefix}-new-`)} || i,
      'shop.tasks.send_mail', ${text(queue)}, 'task-event', 'waiting', ${text(`FAILURE@${AT}`)}, '' FROM n`);
  await createBatch(store, { id, total, ratePerSecond, options });
  return { id, prefix, total };
}

/**
 * A second running batch of the tasks of the first, as of an operator who saw them fail as well: with new ids of its own
 * (`<prefix>-new-<n>` for the task `<first's prefix>-<n>`), each `stride`th task in turn, which must be prime to the total.
 */
export async function makeTwinBatch(
  store: Store,
  first: LargeBatch,
  { stride, ratePerSecond }: TwinRequest,
): Promise<LargeBatch> {
  const { total } = first;
  const id = randomUUID();
  const prefix = id.slice(0, 8);
  const text = (value: string) => sql`CAST(${value} AS TEXT)`;
  // In the first's order n is the position.
  await store.client.$executeRaw(sql`
    INSERT INTO batch_item (batch_id, position, original_id, new_id, name, queue, queue_rule, status, fingerprint, after)
    SELECT ${text(id)}, (position * ${stride}) % ${total}, original_id, ${text(`${prefix}-new-`)} || position,
      name, queue, queue_rule, 'waiting', fingerprint, after FROM batch_item WHERE batch_id = ${first.id}`);
  await createBatch(store, { id, total, ratePerSecond, options: {} });
  return { id, prefix, total };
}

async function createBatch(
  { client }: Store,
  { id, options, ...batch }: Omit<LargeBatchRequest, "queue"> & { readonly id: string },
): Promise<void> {
  const chosen: BatchOptions = {
    countdownSeconds: null,
    confirmTyped: false,
    includeRedispatched: false,
    selectionDigest: "",
    ...options,
  };
  await client.batch.create({
    data: {
      ...{ id, state: "running", actor: "anna", reason: "outage", selection: "all" },
      ...{ ...batch, options: JSON.stringify(chosen), createdAt: Date.now() },
    },
  });
}
