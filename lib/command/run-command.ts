import { checkBrokerSettings } from "@/lib/broker/broker-settings";
import { createBrokerSettings } from "@/lib/create-broker-settings";
import { parseSettings, type Settings, SettingsError } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { VERSION } from "@/lib/version";
import { announceWhenReady } from "./announce";
import { checkStuck } from "./check-stuck";
import { helpText } from "./help-text";
import { type Command, parseCommand } from "./parse-command";
import { collectorPart, type Part, webPart } from "./part";
import { supervise } from "./supervise";

/** What `stuck` ends with when it can't look: its 1 means that there is something. */
const CANNOT_LOOK = 2;

/** Runs the command line to its end and sets the exit status: 1 (for `stuck` 2), with a line each, for wrong settings. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(parseCommand(argv));
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = argv.includes("stuck") ? CANNOT_LOOK : 1;
  }
}

async function run(command: Command): Promise<number> {
  if (command.help) return print(helpText());
  if (command.version) return print(`${VERSION}\n`);
  const environment = { NEXT_TELEMETRY_DISABLED: "1", ...process.env, ...command.settings };
  const settings = parseSettings(environment);
  if (command.role === "stuck") return checkStuck(command.seconds, environment);
  // Before two processes find them wrong again and again.
  checkBrokerSettings(createBrokerSettings(settings));
  const parts = chooseParts(command, settings);
  const controller = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => controller.abort());
  const { signal } = controller;
  if (command.role !== "collector") void announceWhenReady(settings, signal);
  const status = await supervise(parts, environment, { signal, logger: createLogger("supervisor") });
  controller.abort();
  return status;
}

function chooseParts({ role }: Command, settings: Settings): Part[] {
  switch (role) {
    case "web":
      return [webPart("start", settings)];
    case "collector":
      return [collectorPart({ restarts: false })];
    case "dev":
      return [webPart("dev", settings), collectorPart({ restarts: true })];
    case "all":
    case "stuck":
      return [webPart("start", settings), collectorPart({ restarts: true })];
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
