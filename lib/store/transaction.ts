import type { Store } from "./store";

/** A batch takes a moment; waiting for another process's lock may take longer. */
const TIMES = { timeout: 60_000, maxWait: 15_000 };

/** Runs `work` in one transaction, all or nothing. The store that it is given may only run raw statements. */
export async function inTransaction<T>(store: Store, work: (inside: Store) => Promise<T>): Promise<T> {
  return store.client.$transaction(
    // Safe: raw statements are what both kinds of client have.
    (client) => work({ ...store, client: client as Store["client"] }),
    TIMES,
  );
}
