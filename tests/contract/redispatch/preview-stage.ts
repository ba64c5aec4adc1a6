import { createPreview, type PreviewRequest, type PreviewWatch } from "@/lib/redispatch/create-preview";
import { type BatchRequest, startBatch } from "@/lib/redispatch/start-batch";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import {
  createDjangoProject,
  type DatabasePlace,
  openDatabasePlace,
  writeRows,
} from "@/tests/contract/results/result-databases";
import type { TableRow } from "@/tests/contract/results/table-rows";
import type { TestProject } from "@/tests/support/create-test-project";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { makeBatchRequest, makePreviewRequest } from "./plain-requests";

/** A result table that Django made and a store, both on one kind of database. */
export class PreviewStage {
  readonly results: ResultTable;
  readonly store: Store;
  readonly #place: DatabasePlace;
  readonly #project: TestProject;
  readonly #folder: string;

  private constructor(parts: {
    results: ResultTable;
    store: Store;
    place: DatabasePlace;
    project: TestProject;
    folder: string;
  }) {
    this.results = parts.results;
    this.store = parts.store;
    this.#place = parts.place;
    this.#project = parts.project;
    this.#folder = parts.folder;
  }

  static async open(provider: "sqlite" | "postgresql", rows: readonly TableRow[]): Promise<PreviewStage> {
    const place = await openDatabasePlace(provider);
    const url = await place.create("shop");
    const folder = makeTempFolder("preview");
    const project = await createDjangoProject(url);
    await writeRows(project, rows);
    const storeUrl = provider === "sqlite" ? `file:${folder}/store.db` : await place.create("store");
    return new PreviewStage({
      results: openResultTable({ url }),
      store: await openStore(storeUrl),
      ...{ place, project, folder },
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.results.close(), this.store.close()]);
    await this.#project.stop();
    await this.#place.stop();
    removeFolder(this.#folder);
  }

  /** Writes more rows into the result table, as workers do meanwhile. */
  write(rows: readonly TableRow[]): Promise<void> {
    return writeRows(this.#project, rows);
  }

  preview(
    selection: PreviewRequest["selection"],
    part: Partial<PreviewRequest> = {},
    watch: PreviewWatch = {},
  ) {
    const settings = { routes: { "shop.*": "routed" }, defaultQueue: "celery" };
    return createPreview(this, settings, makePreviewRequest(selection, part), watch);
  }

  start(snapshot: string, part: Partial<BatchRequest> = {}): Promise<string> {
    return startBatch(this.store, makeBatchRequest(snapshot, part));
  }
}
