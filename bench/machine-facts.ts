import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";

/** The machine that was measured, in one line: processor, cores, memory, system, Node. */
export function describeMachine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() || "unknown processor";
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${model}, ${all.length} cores, ${memory}, ${readSystemName()}, Linux ${release()}, Node ${process.versions.node}`;
}

function readSystemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
