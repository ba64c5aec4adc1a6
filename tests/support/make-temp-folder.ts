import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = new Set<string>();

/** Makes an empty folder that only we can read; it is removed when this process ends. */
export function makeTempFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `celeriac-${name}-`));
  if (folders.size === 0) process.once("exit", () => folders.forEach(removeFolder));
  folders.add(folder);
  return folder;
}

/** Removes a folder with all that is in it; one that is gone is fine. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
