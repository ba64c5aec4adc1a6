import { join } from "node:path";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { RunningProcess } from "@/tests/support/start-process";

/** A collector that has begun to collect, with a store of its own that the test has open too. */
export class ActiveCollector {
  /** Where the store is, and a test may put more. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly store: Store;
  /** The one that stop() ends: a test may put another in its place. */
  process: RunningProcess;

  private constructor(parts: {
    folder: string;
    settings: Readonly<Record<string, string>>;
    store: Store;
    process: RunningProcess;
  }) {
    this.folder = parts.folder;
    this.settings = parts.settings;
    this.store = parts.store;
    this.process = parts.process;
  }

  static async start(own: Readonly<Record<string, string>>, timeoutMs?: number): Promise<ActiveCollector> {
    const folder = makeTempFolder("collector");
    const databaseUrl = `file:${join(folder, "celeriac.db")}`;
    const settings = { DATABASE_URL: databaseUrl, ...own };
    const process = await startCeleriac({ part: "collector", settings });
    await process.waitForOutput("is the active collector", timeoutMs);
    return new ActiveCollector({ folder, settings, store: await openStore(databaseUrl), process });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await this.store.close();
    removeFolder(this.folder);
  }

  /** The end of what it printed, to tell with what was waited for in vain. */
  lastOutput(): string {
    return this.process.output().slice(-3_000);
  }
}
