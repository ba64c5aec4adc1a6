// Compiles TypeScript programs for Node. Compiled, a process starts in a third of the time, and with half of the memory, that
// compiling as it runs takes. `node bin/compile.mjs` makes the product's own into dist/.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const PRODUCT = {
  command: "lib/command/run-command.ts",
  collector: "lib/collector/main.ts",
  stuck: "lib/diagnosis/stuck/main.ts",
  "sqlite-thread": "lib/store/sqlite-thread.ts",
};

const CHUNKS = "chunks";
const ALIASES = {
  "server-only": "./node_modules/server-only/empty.js",
  // The adapter is compiled along, so that it takes of libsql what reads files, and not its clients for remote databases: 13 MB.
  "@prisma/adapter-libsql": "./node_modules/@prisma/adapter-libsql/dist/index-node.mjs",
  "@libsql/client": "@libsql/client/sqlite3",
};

/** Compiles the command and the parts that it starts, and the thread of SQLite, into dist/, where no older build's chunks stay. */
export async function compileProduct() {
  const paths = await compilePrograms(PRODUCT, "dist");
  const current = new Set(paths.map((path) => basename(path)));
  const chunks = join(root, "dist", CHUNKS);
  const old = (await readdir(chunks)).filter((name) => !current.has(name));
  await Promise.all(old.map((name) => rm(join(chunks, name), { force: true })));
}

/**
 * Compiles programs (name → path of its main module in the repository) to `<folder>/<name>.mjs`, and what they load when they need
 * it, or share, to chunks. Packages stay outside. A file that would not change isn't touched: a process may be starting from it.
 * Returns the paths of all.
 */
export async function compilePrograms(programs, folder) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    alias: ALIASES,
    sourcemap: true,
    write: false,
    logLevel: "warning",
  });
  await Promise.all(outputFiles.map(({ path, contents }) => writeWhenChanged(path, contents)));
  return outputFiles.map(({ path }) => path);
}

async function writeWhenChanged(path, contents) {
  const before = await readFile(path).catch(() => null);
  if (before?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

if (process.argv[1] === join(root, "bin/compile.mjs")) await compileProduct();
