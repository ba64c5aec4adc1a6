import { expect, test } from "vitest";
import { parseSettings, SETTING_NAMES } from "@/lib/env";
import { viewSettings } from "@/lib/views/settings-view";

test("shows each setting with its value, and whether somebody set it", () => {
  const environment = { PORT: "5556", CELERIAC_REDACT: "", CELERIAC_ROUTES: '{"billing.*": "billing"}' };
  const settings = viewSettings(parseSettings(environment), environment);
  expect(settings.map(({ name }) => name)).toEqual(SETTING_NAMES);
  const of = (name: string) => settings.find((setting) => setting.name === name);
  expect(of("PORT")).toEqual({ name: "PORT", value: "5556", isDefault: false });
  expect(of("CELERIAC_RETENTION_GB")).toMatchObject({ value: "10", isDefault: true });
  expect(of("CELERIAC_READ_ONLY")).toMatchObject({ value: "false", isDefault: true });
  expect(of("CELERIAC_REDACT")).toMatchObject({
    value:
      "password, passwd, token, secret, authorization, api_key, apikey, access_key, private_key, credential",
    isDefault: true,
  });
  expect(of("CELERIAC_ROUTES")).toMatchObject({ value: '{"billing.*":"billing"}', isDefault: false });
  expect(of("RESULTS_DATABASE_URL")).toMatchObject({ value: null, isDefault: true });
});

test("shows no secret", () => {
  const environment = {
    CELERY_BROKER_URL: "amqp://me:hunter2@broker//",
    RESULTS_DATABASE_URL: "postgresql://me:hunter2@db/results",
    CELERIAC_RESULT_BACKEND_URL: "db+postgresql://me:hunter2@db/results",
    DATABASE_URL: "postgresql://me:hunter2@db/celeriac",
    CELERIAC_PASSWORD: "hunter2hunter2",
    CELERIAC_BROKER_OPTIONS:
      '{"sentinel_kwargs": {"password": "hunter2"}, "mirror": "redis://:hunter2@box/0", "global_keyprefix": "prod:"}',
    RABBITMQ_MANAGEMENT_URL: "http://me:hunter2@broker:15672",
  };
  const settings = viewSettings(parseSettings(environment), environment);
  expect(JSON.stringify(settings)).not.toContain("hunter2");
  expect(settings.find(({ name }) => name === "CELERIAC_BROKER_OPTIONS")?.value).toContain("prod:");
});
