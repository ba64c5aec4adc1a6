import { SETTING_NAMES, type Settings } from "@/lib/env";

type SettingName = keyof Settings;

/** The short flag of each setting; each also has its full name in kebab case. */
const SHORT_FLAGS: Record<SettingName, string> = {
  CELERY_BROKER_URL: "broker",
  RESULTS_DATABASE_URL: "results",
  CELERIAC_RESULT_BACKEND_URL: "result-backend",
  DATABASE_URL: "database",
  HOST: "host",
  PORT: "port",
  CELERIAC_PASSWORD: "password",
  CELERIAC_ALLOWED_HOSTS: "allowed-hosts",
  CELERIAC_READ_ONLY: "read-only",
  CELERIAC_ENABLE_EVENTS: "enable-events",
  CELERIAC_CAPTURE_ARGS: "capture-args",
  CELERIAC_REDACT: "redact",
  CELERIAC_DEFAULT_QUEUE: "default-queue",
  CELERIAC_ROUTES: "routes",
  CELERIAC_RETENTION_DAYS: "retention-days",
  CELERIAC_RETENTION_GB: "retention-gb",
  CELERIAC_BROKER_OPTIONS: "broker-options",
  RABBITMQ_MANAGEMENT_URL: "rabbitmq-management-url",
};

/** One flag and the setting that it gives. */
export interface Flag {
  readonly name: string;
  readonly setting: SettingName;
  /** A switch stands alone; the others take a value. */
  readonly isSwitch: boolean;
}

const SWITCHES: readonly SettingName[] = ["CELERIAC_READ_ONLY", "CELERIAC_CAPTURE_ARGS"];

/** Every flag of the command, in the order of the settings, the short form first. */
export const FLAGS: readonly Flag[] = SETTING_NAMES.flatMap((setting) => {
  const names = new Set([SHORT_FLAGS[setting], setting.toLowerCase().replaceAll("_", "-")]);
  return [...names].map((name) => ({ name, setting, isSwitch: SWITCHES.includes(setting) }));
});
