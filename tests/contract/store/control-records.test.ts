import { describe, expect, test } from "vitest";
import { recordAction } from "@/lib/control/record-action";
import { AppError } from "@/lib/errors";
import { readKeptRow, writeKeptRow } from "@/lib/history/kept-row-json";
import type { ResultRowDetail } from "@/lib/results/results";
import { completeAction, deleteActionsBefore, insertAction, listActions } from "@/lib/store/actions";
import { deleteKeptRowsBefore, dropKeptRow, keepRow, listKeptRows } from "@/lib/store/kept-rows";
import type { Store } from "@/lib/store/store";
import { STORE_DATABASES, withStore } from "./open-stores";

const T = 1_795_000_000_000;
const GROW = { actor: "anna", action: "pool-grow", target: "w@h", request: { n: 2 } };

describe.each(STORE_DATABASES)("what remote control keeps on %s", (_provider, openDatabase) => {
  let store: Store;
  withStore(openDatabase, (opened) => {
    store = opened;
  });

  test("actions are paged, newest first, all or a target's", async () => {
    const ids: string[] = [];
    for (const [index, target] of ["w@h", "mail", "w@h", "w@h"].entries()) {
      // The last two at the same moment: their ids tell them apart.
      ids.push(await insertAction(store, { ...GROW, target }, T + Math.min(index, 2)));
    }
    await completeAction(store, ids[1] ?? "", { result: "pool will grow", succeeded: true });
    const first = await listActions(store, { target: null, limit: 2, after: null });
    const rest = await listActions(store, { target: null, limit: 9, after: first.at(-1) ?? null });
    expect([...first, ...rest].map(({ id }) => id)).toEqual([
      ...ids.slice(2).sort().reverse(),
      ids[1],
      ids[0],
    ]);
    expect(rest[0]).toEqual({
      ...{ ...GROW, target: "mail", id: ids[1], at: T + 1 },
      ...{ result: "pool will grow", succeeded: true },
    });
    expect(rest[1]).toMatchObject({ result: null, succeeded: null });
    expect(await listActions(store, { target: "w@h", limit: 9, after: null })).toHaveLength(3);
    expect(await listActions(store, { target: "w@", limit: 9, after: null })).toEqual([]);
    expect(await deleteActionsBefore(store, T + 2, 1)).toBe(1);
    expect(await deleteActionsBefore(store, T + 2, 9)).toBe(1);
    expect(await listActions(store, { target: null, limit: 9, after: null })).toHaveLength(2);
    await deleteActionsBefore(store, T + 9, 9);
  });

  test("texts that PostgreSQL refuses are stored with a mark in their place", async () => {
    const request = { queue: "a\0b", stamps: ["\ud800"] };
    const id = await insertAction(store, { ...GROW, target: "x\0", request }, T);
    await completeAction(store, id, { result: `\0${"y".repeat(5_000)}`, succeeded: false });
    const [action] = await listActions(store, { target: "x\0", limit: 1, after: null });
    expect(action).toMatchObject({
      target: "x\uFFFD",
      request: { queue: "a\uFFFDb", stamps: ["\uFFFD"] },
      result: `\uFFFD${"y".repeat(1_999)}`,
    });
    await deleteActionsBefore(store, T + 9, 9);
  });

  test("an action is noted before it is done, with its outcome after", async () => {
    const list = () => listActions(store, { target: "w@h", limit: 9, after: null });
    const value = await recordAction(store, GROW, async () => {
      expect(await list()).toMatchObject([{ ...GROW, result: null, succeeded: null }]);
      return { result: "pool will grow", value: 7 };
    });
    expect(value).toBe(7);
    expect(await list()).toMatchObject([{ result: "pool will grow", succeeded: true }]);
    const refusal = new AppError("conflict", "w@h refused: no");
    await expect(recordAction(store, GROW, () => Promise.reject(refusal))).rejects.toBe(refusal);
    await expect(recordAction(store, GROW, () => Promise.reject(new TypeError("secret")))).rejects.toThrow();
    const results = (await list()).map(({ result, succeeded }) => [result, succeeded]);
    expect(results).toContainEqual(["w@h refused: no", false]);
    expect(results).toContainEqual(["It failed here; the server's log says why.", false]);
  });

  test("nothing is done that can't be noted; what is done keeps its answer", async () => {
    const done = await recordAction(store, GROW, async () => {
      await store.client.$executeRaw`ALTER TABLE action RENAME TO hidden_action`;
      return { result: "pool will grow", value: "answer" };
    });
    expect(done).toBe("answer");
    let isDone = false;
    const work = async () => {
      isDone = true;
      return { result: "", value: null };
    };
    await expect(recordAction(store, GROW, work)).rejects.toThrow();
    expect(isDone).toBe(false);
    await store.client.$executeRaw`ALTER TABLE hidden_action RENAME TO action`;
  });

  test("a row is kept to the byte, several of a task newest first", async () => {
    await keepRow(store, { taskId: "a", keptAt: T, row: writeKeptRow(ROW) });
    await keepRow(store, { taskId: "a", keptAt: T + 1, row: writeKeptRow({ ...ROW, status: "RETRY" }) });
    await keepRow(store, { taskId: "a", keptAt: T, row: "{}" });
    await keepRow(store, { taskId: "b", keptAt: T + 2, row: writeKeptRow(ROW) });
    const rows = await listKeptRows(store, "a");
    expect(rows.map(({ keptAt }) => keptAt)).toEqual([T + 1, T]);
    expect(readKeptRow(rows[1]?.row ?? "")).toEqual(ROW);
    await dropKeptRow(store, "a", T + 1);
    expect(await listKeptRows(store, "a")).toHaveLength(1);
    expect(await deleteKeptRowsBefore(store, T + 2, 9)).toBe(1);
    expect(await listKeptRows(store, "a")).toEqual([]);
    expect(await listKeptRows(store, "b")).toHaveLength(1);
  });
});

const ROW: ResultRowDetail = {
  ...{ rowId: 9_007_199_254_740_993n, taskId: "a", status: "STARTED", name: "shop.pay", worker: null },
  ...{ args: "\0\ud800", kwargs: '"{}"', textLength: 2, contentType: "application/json" },
  ...{ contentEncoding: "utf-8", createdAt: null, startedAt: 1_795_000_000_123_456n },
  ...{
    doneAt: 1_795_000_000_123_457n,
    periodicTaskName: null,
    result: null,
    error: null,
    traceback: "x\n",
    meta: null,
  },
};
