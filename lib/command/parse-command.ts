import { parseArgs } from "node:util";
import { SettingsError } from "@/lib/env";
import { FLAGS } from "./flags";

/** What to run; `all` is web and collector under one supervisor, `stuck` a look at the tasks. */
const ROLES = ["all", "web", "collector", "dev", "stuck"] as const;
type Role = (typeof ROLES)[number];

const DEFAULT_SECONDS = 300;
const MAX_SECONDS = 2_592_000;

export interface Command {
  readonly role: Role;
  readonly help: boolean;
  readonly version: boolean;
  /** How long a task may be reserved before `stuck` counts it. */
  readonly seconds: number;
  /** The settings that flags gave, under their environment names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Parses the command line after the program's name. Throws SettingsError that names what it didn't understand. */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = readArguments(argv);
  const [role = "all", ...rest] = positionals;
  const known = ROLES.find((name) => name === role);
  if (known === undefined || rest.length > 0) {
    const wrong = rest[0] ?? role;
    throw new SettingsError(
      `${JSON.stringify(wrong)} is no command; it takes web, collector, dev or stuck, or none for all`,
    );
  }
  const given = new Map<string, unknown>(Object.entries(values));
  const settings: Record<string, string> = {};
  for (const { name, setting } of FLAGS) {
    if (given.has(name)) settings[setting] = String(given.get(name));
  }
  const { help, version, seconds } = values;
  if (seconds !== undefined && known !== "stuck") throw new SettingsError("--seconds goes with `stuck` only");
  return {
    role: known,
    help: help === true,
    version: version === true,
    seconds: readSeconds(seconds),
    settings,
  };
}

function readSeconds(text: unknown): number {
  if (text === undefined) return DEFAULT_SECONDS;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS) return seconds;
  throw new SettingsError(
    `--seconds: got ${JSON.stringify(text)}; it takes a whole number from 1 to ${MAX_SECONDS}`,
  );
}

function readArguments(argv: readonly string[]) {
  const flags = FLAGS.map(({ name, isSwitch }) => [name, { type: isSwitch ? "boolean" : "string" }] as const);
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(flags),
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
        seconds: { type: "string" },
      },
    });
  } catch (error) {
    // parseArgs names the flag, and says how to pass a value that begins with a dash.
    throw new SettingsError(`${(error as Error).message}\nceleriac --help lists the flags`);
  }
}
