import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { waitFor } from "./wait-for";

const WAIT_MS = 10 * 60_000;

/** Runs `work` while no other process of this machine does so under the same lock file. A dead holder's lock is taken over. */
export async function holdFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  await waitFor(() => tryTake(path), { timeoutMs: WAIT_MS, what: `the lock ${path}` });
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryTake(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (isHolderDead(path)) rmSync(path, { force: true });
    return false;
  }
}

function isHolderDead(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    // An empty file is one that its holder is writing just now.
    if (!pid) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
