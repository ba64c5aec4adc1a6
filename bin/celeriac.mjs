#!/usr/bin/env node
// The command. What it does is TypeScript, in lib/command; tsx compiles it as it is read.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

// Else tsx looks for the path alias in the folder where the command was typed.
process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL("../tsconfig.json", import.meta.url));
register();
const { runCommand } = await import("../lib/command/run-command.ts");
await runCommand(process.argv.slice(2));
