import { spawn } from "node:child_process";
import { once } from "node:events";
import { LEAN_COMPILED, LEAN_ENVIRONMENT } from "./lean-node";

const CANNOT_LOOK = 2;
/** Status of the process that looks → ours. Any other is that of a program that failed. */
const STATUSES: ReadonlyMap<unknown, number> = new Map([
  [0, 0],
  [10, 1],
]);

/**
 * Looks once for tasks that are stuck, in a process that opens the store, and returns the exit status: 1 if there is any (printed
 * one a line), 0 if there is none, 2 if that can't be told.
 */
export async function checkStuck(seconds: number, environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [...LEAN_COMPILED, "dist/stuck.mjs", String(seconds)], {
    // What it logs is for the people who run servers; a check says what it has to say itself.
    env: { ...LEAN_ENVIRONMENT, ...environment, LOG_LEVEL: "silent" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [status] = await once(child, "exit");
  return STATUSES.get(status) ?? CANNOT_LOOK;
}
