import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { startLastWill } from "./start-last-will";

/** Reads names until we are gone, then removes them; what still wrote then gets a second to end. */
const REMOVER = `folders=; while read -r folder; do folders="$folders $folder"; done
rm -rf $folders 2>/dev/null || { sleep 1; rm -rf $folders; }`;

let remover: Writable | undefined;

/** Makes an empty folder that only we can read; it is removed when this process ends, however it ends. */
export function makeTempFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `celeriac-${name}-`));
  remover ??= startLastWill(REMOVER);
  remover.write(`${folder}\n`);
  return folder;
}

/** Removes a folder with all that is in it; one that is gone is fine. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
