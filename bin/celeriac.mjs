#!/usr/bin/env node
// The command. What it does is TypeScript, in lib/command, which `npm run build` compiles; `dev` compiles it itself.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Relative paths in settings, and all parts, are found from the repository's folder, wherever the command was typed.
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
if (process.argv[2] === "dev") await (await import("./compile.mjs")).compileProduct();
if (existsSync("dist/command.mjs")) {
  const { runCommand } = await import("../dist/command.mjs");
  await runCommand(process.argv.slice(2));
} else {
  process.stderr.write("There is no build yet; run `npm run build` first.\n");
  process.exitCode = 1;
}
