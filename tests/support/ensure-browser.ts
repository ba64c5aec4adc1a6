import { ensureDebianPackages } from "./ensure-debian-packages";
import { findProgram } from "./find-program";

/** The path of Debian's Chromium, rather the build of it that has no windows to draw; null when there is neither. */
export function findBrowser(): string | null {
  return findProgram("chromium-headless-shell") ?? findProgram("chromium");
}

/** Installs a browser unless there is one. Throws as `ensureDebianPackages` does. */
export async function ensureBrowser(): Promise<void> {
  if (findBrowser() === null) await ensureDebianPackages(["chromium-headless-shell"]);
}
