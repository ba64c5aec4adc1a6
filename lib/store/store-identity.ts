import { randomUUID } from "node:crypto";
import type { Store } from "./store";

const IDENTITY_ID = "identity";

/**
 * A random name of this store, given once and kept: what is named after it in the broker is found again after a restart, and
 * is not mistaken for that of another Celeriac.
 */
export async function getStoreIdentity(store: Store): Promise<string> {
  await store.client.$executeRaw`
    INSERT INTO collector_status (id, status, updated_at) VALUES (${IDENTITY_ID}, ${randomUUID()}, ${Date.now()})
    ON CONFLICT (id) DO NOTHING`;
  const rows = await store.client.$queryRaw<{ status: string }[]>`
    SELECT status FROM collector_status WHERE id = ${IDENTITY_ID}`;
  const identity = rows[0]?.status;
  if (identity === undefined) throw new Error("the row that was just written is not there");
  return identity;
}
