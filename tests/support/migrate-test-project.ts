import { copyFileSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { askKeeper, KEEPER_VARIABLE } from "./shared-servers/ask-keeper";
import { runPython } from "./warm-python";

const MIGRATE = `
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
`;

/** Makes the tables of the test project in an empty database, by Django's own migrations. */
export async function migrateTestProject(python: string, databaseUrl: string): Promise<void> {
  const env = {
    ...{ DJANGO_SETTINGS_MODULE: "test_project.settings", CELERY_BROKER_URL: "memory://" },
    TEST_DATABASE_URL: databaseUrl,
  };
  await runPython(python, { source: MIGRATE, env });
}

/** The same; a SQLite file that is not there yet is a copy of one that all tests share, where somebody keeps one. */
export async function makeTestTables(python: string, databaseUrl: string): Promise<void> {
  const file = databaseUrl.startsWith("file:") ? fileURLToPath(databaseUrl) : null;
  if (file === null || existsSync(file) || process.env[KEEPER_VARIABLE] === undefined) {
    return await migrateTestProject(python, databaseUrl);
  }
  const { path } = await askKeeper("tables", python);
  copyFileSync(path, file);
}
