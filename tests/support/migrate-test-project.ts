import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { REPOSITORY_ROOT } from "./repository-root";
import { runCommand } from "./run-command";
import { askKeeper, KEEPER_VARIABLE } from "./shared-servers/ask-keeper";

/** The Django project that the tests share. */
export const TEST_PROJECT_FOLDER = join(REPOSITORY_ROOT, "tests/support/python");

/** Makes the tables of the test project in an empty database, by Django's own migrations. */
export async function migrateTestProject(python: string, databaseUrl: string): Promise<void> {
  await runCommand(python, ["manage.py", "migrate", "--verbosity", "0"], {
    cwd: TEST_PROJECT_FOLDER,
    env: { PYTHONDONTWRITEBYTECODE: "1", CELERY_BROKER_URL: "memory://", TEST_DATABASE_URL: databaseUrl },
  });
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
