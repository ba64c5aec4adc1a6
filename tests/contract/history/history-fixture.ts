import { join } from "node:path";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { createDjangoProject, writeRows } from "../results/result-databases";
import type { TableRow } from "../results/table-rows";

export interface HistoryFixture {
  readonly results: ResultTable;
  readonly store: Store;
  stop(): Promise<void>;
}

/** A result table with these rows, written by Django, and an empty store. */
export async function openHistoryFixture(rows: readonly TableRow[]): Promise<HistoryFixture> {
  const folder = makeTempFolder("history");
  const url = `file:${join(folder, "results.sqlite3")}`;
  const project = await createDjangoProject(url);
  await writeRows(project, rows);
  await project.stop();
  const results = openResultTable({ url });
  const store = await openStore(`file:${join(folder, "store.db")}`);
  return {
    results,
    store,
    async stop() {
      await Promise.all([results.close(), store.close()]);
      removeFolder(folder);
    },
  };
}
