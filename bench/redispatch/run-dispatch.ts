import { LEAN_ENVIRONMENT } from "@/lib/command/lean-node";
import { compileProgram } from "@/tests/support/compile-program";
import { runCommand } from "@/tests/support/run-command";
import type { DispatchPlaces, DispatchTimes } from "./dispatch-process";

/** Plans all failed tasks, and sends them if so asked, in a process of its own. */
export async function runDispatch(places: DispatchPlaces): Promise<DispatchTimes> {
  const program = await compileProgram("bench/redispatch/dispatch-process.ts");
  const output = await runCommand(process.execPath, [...program, JSON.stringify(places)], {
    env: { ...LEAN_ENVIRONMENT, LOG_LEVEL: "warn" },
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
