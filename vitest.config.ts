import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

// A zone with a 45-minute offset: what takes local time for UTC is wrong here at once.
process.env.TZ = "Asia/Kathmandu";

/**
 * One project of test folders, of which `workers` files run at once: those that start servers mostly wait. Files share these processes,
 * since loading Prisma takes two seconds (another project's would not): none may change the environment, mock a module or leave a
 * listener behind.
 */
function project(
  name: string,
  options: { folders: string[]; timeoutMs: number; workers: number; servers: boolean },
) {
  return {
    extends: true as const,
    test: {
      name,
      globalSetup: options.servers ? ["tests/support/global-setup.ts"] : [],
      include: options.folders.map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`),
      testTimeout: options.timeoutMs,
      hookTimeout: options.timeoutMs,
      maxWorkers: options.workers,
      isolate: false,
      // Each Prisma client brings 3 MB of WebAssembly, which need not be optimised for the few statements of a test.
      execArgv: ["--liftoff-only"],
    },
  };
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: "server-only", replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project("unit", { folders: ["unit"], timeoutMs: 20_000, workers: 2, servers: false }),
      project("servers", {
        ...{ folders: ["contract", "integration"], timeoutMs: 240_000, workers: 5, servers: true },
      }),
    ],
  },
});
