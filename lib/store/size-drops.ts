import { toNumber } from "./sql";
import type { Store } from "./store";

/** The last time that history was dropped before its age, for the store's size. Times are epoch ms. */
export interface SizeDrop {
  readonly at: number;
  /** What ended before this is gone. */
  readonly until: number;
}

/** Notes that history was dropped for the store's size. */
export async function noteSizeDrop(store: Store, { at, until }: SizeDrop): Promise<void> {
  await store.client.$executeRaw`
    INSERT INTO size_drop (id, at, until_at) VALUES (1, ${at}, ${until})
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, until_at = excluded.until_at`;
}

/** The last time that history was dropped for the store's size, or null when it never was. */
export async function getSizeDrop(store: Store): Promise<SizeDrop | null> {
  const row = await store.client.sizeDrop.findUnique({ where: { id: 1 } });
  return row && { at: toNumber(row.at), until: toNumber(row.untilAt) };
}
