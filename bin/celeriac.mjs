#!/usr/bin/env node
// The command. What it does is TypeScript, in lib/command; tsx compiles it as it is read.
import { register } from "tsx/esm/api";

register();
const { runCommand } = await import("../lib/command/run-command.ts");
await runCommand(process.argv.slice(2));
