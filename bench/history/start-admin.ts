import { join } from "node:path";
import type { PythonEnvironment } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { runCommand } from "@/tests/support/run-command";
import { startProcess } from "@/tests/support/start-process";
import { waitFor } from "@/tests/support/wait-for";
import { TEST_PROJECT_FOLDER } from "@/tests/support/warm-python";

const FOLDER = join(REPOSITORY_ROOT, "bench/history");
const ACCOUNT = { name: "admin", password: "only for the benchmark" };

/** Django's admin of a result table. */
export interface Admin {
  /** Address of the changelist of task results. */
  readonly listUrl: string;
  /** What a request needs to be logged in. */
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** What the admin project's processes need in their environment. */
function listSettings(databaseUrl: string): Record<string, string> {
  return {
    DJANGO_SETTINGS_MODULE: "admin_project.settings",
    PYTHONPATH: [FOLDER, TEST_PROJECT_FOLDER].join(":"),
    PYTHONDONTWRITEBYTECODE: "1",
    CELERY_BROKER_URL: "memory://",
    TEST_DATABASE_URL: databaseUrl,
    TEST_TIME_ZONE: "UTC",
    DJANGO_SUPERUSER_PASSWORD: ACCOUNT.password,
  };
}

/** Makes the admin's tables and the result table by Django's own migrations, and its one user. */
export async function migrateAdmin({ python }: PythonEnvironment, databaseUrl: string): Promise<void> {
  await runCommand(python, ["-c", MIGRATE], { env: listSettings(databaseUrl) });
}

/** Both in one process: to load Django takes longer than either. */
const MIGRATE = `
import django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0)
call_command("createsuperuser", interactive=False, verbosity=0, username="${ACCOUNT.name}", email="admin@example.com")
`;

/** Serves the admin with gunicorn (two workers), and logs in. */
export async function startAdmin({ python }: PythonEnvironment, databaseUrl: string): Promise<Admin> {
  const port = await getFreePort();
  const running = await startProcess({
    command: python,
    args: [
      "-m",
      "gunicorn",
      "--workers=2",
      "--timeout=600",
      `--bind=127.0.0.1:${port}`,
      "admin_project.wsgi",
    ],
    env: listSettings(databaseUrl),
  });
  const origin = `http://127.0.0.1:${port}`;
  const what = () => `the admin at ${origin}:\n${running.output()}`;
  await waitFor(async () => (await fetch(`${origin}/admin/login/`)).ok, { timeoutMs: 30_000, what });
  return {
    listUrl: `${origin}/admin/django_celery_results/taskresult/`,
    headers: { cookie: await logIn(origin) },
    stop: () => running.stop(),
  };
}

/** Sends the login form as a browser does; returns the cookies of a session. */
async function logIn(origin: string): Promise<string> {
  const url = `${origin}/admin/login/`;
  const form = await fetch(url);
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await form.text())?.[1] ?? "";
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: readCookies(form), referer: url },
    body: new URLSearchParams({
      csrfmiddlewaretoken: token,
      username: ACCOUNT.name,
      password: ACCOUNT.password,
    }),
  });
  if (answer.status !== 302) throw new Error(`the admin's login answered ${answer.status}`);
  return readCookies(answer);
}

function readCookies(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}
