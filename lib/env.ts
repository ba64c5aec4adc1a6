import { z } from "zod";
import { maskUrl } from "./mask-url";

const MAX_RETENTION_DAYS = 3650;
const MIN_RETENTION_GB = 0.1;
/** SQLAlchemy's URLs may name a driver. */
const RESULT_BACKEND = /^(?:rediss?|db\+(?:postgresql|mysql|sqlite)(?:\+[a-z0-9_]+)?):/;

/** Reads a URL setting and says which schemes it takes. */
function urlWithScheme(...schemes: string[]) {
  const accepted = schemes.map((scheme) => `${scheme}:`).join(", ");
  return z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}:`)), {
    message: `takes a URL that starts with one of ${accepted}`,
  });
}

/** A JSON object given as text. */
function jsonObject<T extends z.ZodType>(values: T, example: string) {
  return z.string().transform((text, context) => {
    try {
      return z.record(z.string(), values).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: "custom", message: `takes a JSON object such as ${example}` });
      return z.NEVER;
    }
  });
}

/** `true` or `1`, `false` or `0`. */
function boolean(byDefault: "true" | "false") {
  return z
    .enum(["true", "false", "1", "0"], { message: "takes true or false" })
    .default(byDefault)
    .transform((text) => text === "true" || text === "1");
}

/** Reads a comma-separated list, in lower case. */
function readNames(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
}

const settingsSchema = z.object({
  CELERY_BROKER_URL: urlWithScheme(
    ...["redis", "rediss", "redis+socket", "sentinel", "amqp", "amqps", "pyamqp"],
  ).default("redis://127.0.0.1:6379/0"),
  RESULTS_DATABASE_URL: urlWithScheme("postgresql", "postgres", "mysql", "file").optional(),
  CELERIAC_RESULT_BACKEND_URL: z
    .string()
    .regex(
      RESULT_BACKEND,
      "takes a URL that starts with one of redis:, rediss:, db+postgresql:, db+mysql:, db+sqlite:",
    )
    .optional(),
  DATABASE_URL: urlWithScheme("file", "postgresql", "postgres").default("file:./data/celeriac.db"),
  HOST: z.string().min(1, "takes a host name or an address").default("127.0.0.1"),
  PORT: z.coerce
    .number({ message: "takes a port number from 1 to 65535" })
    .int("takes a port number from 1 to 65535")
    .min(1, "takes a port number from 1 to 65535")
    .max(65535, "takes a port number from 1 to 65535")
    .default(5555),
  CELERIAC_PASSWORD: z.string().min(8, "takes at least 8 characters").optional(),
  CELERIAC_ALLOWED_HOSTS: z.string().default("").transform(readNames),
  CELERIAC_READ_ONLY: boolean("false"),
  CELERIAC_ENABLE_EVENTS: boolean("true"),
  CELERIAC_CAPTURE_ARGS: boolean("false"),
  CELERIAC_REDACT: z
    .string()
    .default("password,passwd,token,secret,authorization,api_key,apikey,access_key,private_key,credential")
    .transform(readNames),
  CELERIAC_DEFAULT_QUEUE: z.string().min(1, "takes a queue name").default("celery"),
  CELERIAC_ROUTES: jsonObject(z.string(), '{"billing.*": "billing"}').default({}),
  CELERIAC_RETENTION_DAYS: z.coerce
    .number({ message: `takes a number of days from 1 to ${MAX_RETENTION_DAYS}` })
    .min(1, `takes a number of days from 1 to ${MAX_RETENTION_DAYS}`)
    .max(MAX_RETENTION_DAYS, `takes a number of days from 1 to ${MAX_RETENTION_DAYS}`)
    .default(30),
  CELERIAC_RETENTION_GB: z.coerce
    .number({ message: `takes a number of gigabytes, at least ${MIN_RETENTION_GB}` })
    .min(MIN_RETENTION_GB, `takes a number of gigabytes, at least ${MIN_RETENTION_GB}`)
    .default(10),
  CELERIAC_BROKER_OPTIONS: jsonObject(z.json(), '{"global_keyprefix": "prod:"}').default({}),
  RABBITMQ_MANAGEMENT_URL: urlWithScheme("http", "https").optional(),
});

/** All settings, parsed; names as in the environment. */
export type Settings = z.infer<typeof settingsSchema>;

/** The names of all settings, in the order of the documentation. */
export const SETTING_NAMES = Object.keys(settingsSchema.shape) as (keyof Settings)[];

/**
 * Parses the settings out of `environment` (empty strings count as unset). Throws a SettingsError whose message has
 * one line for each wrong setting: its name, what it got (secrets masked) and what it takes.
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    SETTING_NAMES.map((name) => [name, environment[name] === "" ? undefined : environment[name]]),
  );
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => describeIssue(issue, given)).join("\n"));
  }
  if (!isLoopback(parsed.data.HOST) && parsed.data.CELERIAC_PASSWORD === undefined) {
    throw new SettingsError(
      `HOST: got "${parsed.data.HOST}", which others can reach; set CELERIAC_PASSWORD, or take 127.0.0.1`,
    );
  }
  return parsed.data;
}

/** A setting has a wrong value; the message is for the person who starts the program. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

function describeIssue(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const value = given[name] ?? "";
  const shown = /PASSWORD/.test(name) ? "***" : maskUrl(value);
  return `${name}: got ${JSON.stringify(shown)}; it ${issue.message.replace(/^Invalid input: /, "")}`;
}

/** Whether only this machine can reach a server that listens on `host`. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
