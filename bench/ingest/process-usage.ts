import { readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

/** What a running process used so far: seconds of CPU time, and MB at its most (proc(5)). */
export function readUsage(pid: number): { readonly maxRssMb: number; readonly cpuSeconds: number } {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  // After the program's name, which may hold spaces: field 14 and 15 of all.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { maxRssMb: Number(peak) / 1024, cpuSeconds: ticks / TICKS_PER_SECOND };
}
