import { parseArgs } from "node:util";
import { SettingsError } from "@/lib/env";
import { FLAGS } from "./flags";

/** What to run; `all` is web and collector under one supervisor. */
const ROLES = ["all", "web", "collector", "dev"] as const;
type Role = (typeof ROLES)[number];

export interface Command {
  readonly role: Role;
  readonly help: boolean;
  readonly version: boolean;
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
      `${JSON.stringify(wrong)} is no command; it takes web, collector or dev, or none for all`,
    );
  }
  const given = new Map<string, unknown>(Object.entries(values));
  const settings: Record<string, string> = {};
  for (const { name, setting } of FLAGS) {
    if (given.has(name)) settings[setting] = String(given.get(name));
  }
  return { role: known, help: values.help === true, version: values.version === true, settings };
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
      },
    });
  } catch (error) {
    // parseArgs names the flag, and says how to pass a value that begins with a dash.
    throw new SettingsError(`${(error as Error).message}\nceleriac --help lists the flags`);
  }
}
