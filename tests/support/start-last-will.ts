import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Starts a shell script whose standard input ends when this process does, even by SIGKILL: the kernel closes our end of
 * the pipe. It does not keep this process alive.
 */
export function startLastWill(script: string): Writable {
  const child = spawn("/bin/sh", ["-c", script], {
    stdio: ["pipe", "ignore", "ignore"],
    // Not in our group: what kills us from a terminal must not kill it.
    detached: true,
  });
  child.unref();
  child.stdin.on("error", () => undefined);
  // A pipe to a child is a net.Socket, which the types of spawn don't say.
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return child.stdin;
}
