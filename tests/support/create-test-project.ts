import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PythonEnvironment } from "./ensure-python-environment";
import { makeTempFolder, removeFolder } from "./make-temp-folder";
import { makeTestTables } from "./migrate-test-project";
import { type CeleryWorker, type CeleryWorkerOptions, startCeleryWorker } from "./start-celery-worker";
import { runPython, TEST_PROJECT_FOLDER } from "./warm-python";

export interface TestProjectOptions {
  readonly environment: PythonEnvironment;
  readonly brokerUrl: string;
  /** Where the result table is; an SQLite file of its own by default. */
  readonly databaseUrl?: string;
  /** Celery settings, for the project and its workers; see test_project/settings.py. */
  readonly resultExtended?: boolean;
  readonly taskProtocol?: 1 | 2;
  readonly taskSerializer?: "json" | "pickle";
  /** Content that workers take; JSON and pickle by default. */
  readonly acceptContent?: readonly string[];
  /** Celery's result_backend; the result table by default. */
  readonly resultBackend?: string;
  readonly resultSerializer?: "json" | "pickle";
  readonly trackStarted?: boolean;
  readonly timeZone?: string;
  /** Celery's broker_transport_options. */
  readonly brokerOptions?: Readonly<Record<string, unknown>>;
}

/** A task to send. `args` and `kwargs` are Python source, such as `"(1, Decimal('2.50'))"` and `"{'at': None}"`. */
export interface TestCall {
  /** Such as `test_project.tasks.echo`. */
  readonly task: string;
  readonly args?: string;
  readonly kwargs?: string;
  /** Sends no printed args along: then the result table gets the real ones as JSON (docs/args.md). */
  readonly withoutText?: boolean;
  /** Options of `send_task`: queue, priority, countdown, expires, headers, task_id … */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A value that a task received; `value` is the text of a scalar, a list of values, or a dict's list of pairs. */
interface RecordedValue {
  readonly type: string;
  readonly value:
    | string
    | null
    | readonly RecordedValue[]
    | readonly (readonly [RecordedValue, RecordedValue])[];
}

/** What a worker called a task with, as the task saw it. */
export interface RecordedCall {
  readonly id: string;
  readonly task: string;
  readonly queue: string;
  readonly retries: number;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly args: readonly RecordedValue[];
  readonly kwargs: readonly (readonly [string, RecordedValue])[];
}

type WorkerChoice = Pick<CeleryWorkerOptions, "name" | "queues" | "concurrency" | "args" | "env">;

/** A real Django project with django-celery-results (tests/support/python), its database migrated. */
export interface TestProject {
  /** As RESULTS_DATABASE_URL takes it. */
  readonly databaseUrl: string;
  /** What the project's processes need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts a worker and waits until it is ready; stop() stops it too. */
  startWorker(choice: WorkerChoice): Promise<CeleryWorker>;
  /** Sends tasks as Django code would; returns their ids in the same order. */
  send(calls: readonly TestCall[]): Promise<string[]>;
  /** Runs Python source with Django set up; returns what it printed. */
  run(source: string): Promise<string>;
  /** What echo, flaky, fail and retry were called with so far, in order of arrival. */
  listRecordedCalls(): RecordedCall[];
  /** While true, flaky and flaky_too fail, and wait does not end. */
  setOutage(down: boolean): void;
  stop(): Promise<void>;
}

/** Makes a project of its own state: database, recorded calls, outage switch, workers. */
export async function createTestProject(options: TestProjectOptions): Promise<TestProject> {
  const { python } = options.environment;
  const folder = makeTempFolder("project");
  const recordFile = join(folder, "calls.jsonl");
  const outageFile = join(folder, "outage");
  const databaseUrl = options.databaseUrl ?? `file:${join(folder, "results.sqlite3")}`;
  const env = {
    ...listSettings(options),
    TEST_DATABASE_URL: databaseUrl,
    TEST_RECORD_FILE: recordFile,
    TEST_OUTAGE_FILE: outageFile,
  };
  const workers: CeleryWorker[] = [];
  await makeTestTables(python, databaseUrl);

  return {
    databaseUrl,
    env,
    async startWorker(choice) {
      const worker = await startCeleryWorker({
        ...choice,
        python,
        folder: TEST_PROJECT_FOLDER,
        app: "test_project",
        isForked: true,
        env: { ...env, ...choice.env },
      });
      workers.push(worker);
      await worker.waitUntilReady();
      return worker;
    },
    async send(calls) {
      const source = "from test_project.send import main\nmain()";
      return JSON.parse(await runPython(python, { source, env, input: JSON.stringify(calls) }));
    },
    run: (source) => runPython(python, { source: `import django; django.setup()\n${source}`, env }),
    listRecordedCalls: () => readLines(recordFile).map((line): RecordedCall => JSON.parse(line)),
    setOutage: (down) => (down ? closeSync(openSync(outageFile, "w")) : rmSync(outageFile, { force: true })),
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
      removeFolder(folder);
    },
  };
}

function listSettings(options: TestProjectOptions): Record<string, string> {
  return {
    DJANGO_SETTINGS_MODULE: "test_project.settings",
    PYTHONDONTWRITEBYTECODE: "1",
    // Celery refuses pickle to root unless told so.
    C_FORCE_ROOT: "1",
    CELERY_BROKER_URL: options.brokerUrl,
    TEST_BROKER_OPTIONS: JSON.stringify(options.brokerOptions ?? {}),
    TEST_RESULT_EXTENDED: options.resultExtended === false ? "0" : "1",
    TEST_TASK_PROTOCOL: String(options.taskProtocol ?? 2),
    TEST_TASK_SERIALIZER: options.taskSerializer ?? "json",
    TEST_ACCEPT_CONTENT: (options.acceptContent ?? ["json", "pickle"]).join(","),
    TEST_RESULT_BACKEND: options.resultBackend ?? "django-db",
    TEST_RESULT_SERIALIZER: options.resultSerializer ?? "json",
    TEST_TRACK_STARTED: options.trackStarted === false ? "0" : "1",
    TEST_TIME_ZONE: options.timeZone ?? "Asia/Kathmandu",
  };
}

function readLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}
