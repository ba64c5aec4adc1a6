import { readdirSync, readFileSync } from "node:fs";

const LOOK_MS = 1;
const MOST_LOOKS = 10_000;

/**
 * Waits, and everything else of this process with it, until SIGSTOP has stopped each thread of a program: it does so when one of them gets
 * a processor, and the others run until then.
 */
export function waitUntilStopped(pid: number): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let looks = 0; looks < MOST_LOOKS && !isStopped(pid); looks++) Atomics.wait(sleeper, 0, 0, LOOK_MS);
}

function isStopped(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => {
      // The state follows the name, which stands in brackets and may hold any.
      const [, state] = /^.*\) (\w)/s.exec(readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8")) ?? [];
      return state === "T" || state === "Z";
    });
  } catch {
    // A thread has ended meanwhile, or the program has.
    return false;
  }
}
