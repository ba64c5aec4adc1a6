import { randomUUID } from "node:crypto";
import { toStorableJson, toStorableText } from "./json-rows";
import { toNumber } from "./sql";
import type { Store } from "./store";

/** A worker's report is long. */
const MAX_RESULT_CHARS = 2_000;

/** What somebody is about to do to the cluster. */
export interface NewAction {
  readonly actor: string;
  /** Such as `pool-grow`, `revoke`, `purge`. */
  readonly action: string;
  /** A worker's name, a task's id, a queue. */
  readonly target: string;
  /** What was asked for, as JSON has it. */
  readonly request: unknown;
}

/** An action and what came of it. */
export interface ActionRecord extends NewAction {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** In words; null while it is under way, and for good where the process ended meanwhile. */
  readonly result: string | null;
  readonly succeeded: boolean | null;
}

/** Where a page of actions ended: newest first. */
export interface ActionCursor {
  readonly at: number;
  readonly id: string;
}

/** Notes, before anything is sent, what is about to be done at `at` (epoch ms); returns the action's id. */
export async function insertAction(store: Store, action: NewAction, at: number): Promise<string> {
  const id = randomUUID();
  await store.client.action.create({
    data: {
      id,
      at,
      actor: toStorableText(action.actor),
      action: action.action,
      target: toStorableText(action.target),
      request: toStorableJson(action.request ?? null),
    },
  });
  return id;
}

/** Notes what came of an action. */
export async function completeAction(
  store: Store,
  id: string,
  outcome: { readonly result: string; readonly succeeded: boolean },
): Promise<void> {
  const result = toStorableText(outcome.result.slice(0, MAX_RESULT_CHARS));
  const data = { result, succeeded: outcome.succeeded };
  await store.client.action.updateMany({ where: { id }, data });
}

/** A page of actions, newest first; of one target where it is given. */
export async function listActions(
  store: Store,
  { target, limit, after }: { target: string | null; limit: number; after: ActionCursor | null },
): Promise<readonly ActionRecord[]> {
  const rows = await store.client.action.findMany({
    where: {
      ...(target !== null && { target: toStorableText(target) }),
      ...(after && { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map((row) => ({ ...row, at: toNumber(row.at), request: JSON.parse(row.request) }));
}

/** Deletes up to `limit` actions before `at`, epoch ms. Returns how many; fewer than `limit` means that none is left. */
export async function deleteActionsBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM action WHERE id IN (SELECT id FROM action WHERE at < ${at} ORDER BY at LIMIT ${limit})`;
}
