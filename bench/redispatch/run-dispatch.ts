import { fileURLToPath } from "node:url";
import { runCommand } from "@/tests/support/run-command";
import type { DispatchPlaces, DispatchTimes } from "./dispatch-process";

const PROGRAM = fileURLToPath(new URL("dispatch-process.ts", import.meta.url));

/** Plans all failed tasks, and sends them if so asked, in a process of its own. */
export async function runDispatch(places: DispatchPlaces): Promise<DispatchTimes> {
  const args = ["--conditions=react-server", "--import", "tsx", PROGRAM, JSON.stringify(places)];
  const output = await runCommand(process.execPath, args, { env: { LOG_LEVEL: "warn" } });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
