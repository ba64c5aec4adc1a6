import { integer, nowMs } from "./sql";
import type { Store } from "./store";

/**
 * Takes or renews the lease `name` for `owner`, by the database's clock. True when it is now owner's for `ttlMs`;
 * false when another holds it.
 */
export async function acquireLease(
  store: Store,
  name: string,
  owner: string,
  ttlMs: number,
): Promise<boolean> {
  const now = nowMs(store.provider);
  const written = await store.client.$executeRaw`
    INSERT INTO lease (name, owner, until) VALUES (${name}, ${owner}, ${now} + ${integer(ttlMs)})
    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE lease.owner = excluded.owner OR lease.until <= ${now}`;
  return written > 0;
}

/** Gives the lease back, so that another may take it at once. Nothing happens when it is not owner's. */
export async function releaseLease(store: Store, name: string, owner: string): Promise<void> {
  await store.client.$executeRaw`DELETE FROM lease WHERE name = ${name} AND owner = ${owner}`;
}
