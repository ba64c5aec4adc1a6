import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { holdFileLock } from "@/tests/support/hold-file-lock";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { startProcess } from "@/tests/support/start-process";

/** What a production build is made of. */
const SOURCES = [
  "app",
  "bin",
  "components",
  "lib",
  "prisma",
  "public",
  "instrumentation.ts",
  "next.config.mjs",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
];
/** What is there when it is done; the compiled parts stay as they are when they would not change. */
const BUILD_ID = ".next/BUILD_ID";
const COMMAND = "dist/command.mjs";

/** Makes the production build unless there is one that is newer than all of its sources. Throws with the build's output. */
export async function ensureBuild(log: (line: string) => void): Promise<void> {
  await holdFileLock(join(REPOSITORY_ROOT, ".cache/build.lock"), async () => {
    const builtAt = findChangeTime(COMMAND) === 0 ? 0 : findChangeTime(BUILD_ID);
    if (SOURCES.every((source) => findChangeTime(source) < builtAt)) return;
    log("Building Celeriac (npm run build) …");
    const build = await startProcess({
      command: "npm",
      args: ["run", "build"],
      cwd: REPOSITORY_ROOT,
      env: { NODE_ENV: "production" },
    });
    const end = await build.exited;
    if (end !== 0) throw new Error(`npm run build ended with ${end}:\n${build.output()}`);
  });
}

/** The latest change of a file, or of any file in a folder, in epoch ms; 0 when there is none. Generated code doesn't count. */
function findChangeTime(path: string): number {
  const status = statSync(join(REPOSITORY_ROOT, path), { throwIfNoEntry: false });
  if (status === undefined) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  const names = readdirSync(join(REPOSITORY_ROOT, path)).filter((name) => name !== "generated");
  return Math.max(0, ...names.map((name) => findChangeTime(join(path, name))));
}
