import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

// A zone with a 45-minute offset: what takes local time for UTC is wrong here at once.
process.env.TZ = "Asia/Kathmandu";

/** One project a folder of tests; those on real servers run one file at a time. */
function project(name: string, options: { timeoutMs: number; parallel: boolean; servers: boolean }) {
  return {
    extends: true as const,
    test: {
      name,
      globalSetup: options.servers ? ["tests/support/global-setup.ts"] : [],
      include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`],
      testTimeout: options.timeoutMs,
      hookTimeout: options.timeoutMs,
      fileParallelism: options.parallel,
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
    projects: [
      project("unit", { timeoutMs: 20_000, parallel: true, servers: false }),
      project("contract", { timeoutMs: 120_000, parallel: true, servers: true }),
      project("integration", { timeoutMs: 240_000, parallel: false, servers: true }),
    ],
  },
});
