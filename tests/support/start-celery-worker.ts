import { hostname as hostName } from "node:os";
import { type RunningProcess, startProcess } from "./start-process";

const READY_TIMEOUT_MS = 60_000;

export interface CeleryWorkerOptions {
  /** Path of the interpreter, of ensurePythonEnvironment. */
  readonly python: string;
  /** Folder from which the app can be imported. */
  readonly folder: string;
  /** Celery's `--app`. */
  readonly app: string;
  /** The part before the `@`; two workers of one broker must differ. */
  readonly name: string;
  /** Celery's default queue when not given. */
  readonly queues?: readonly string[];
  readonly concurrency?: number;
  /** More options of `celery worker`, such as `["--pool", "solo"]`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

export interface CeleryWorker {
  /** As Celery and Celeriac show it: `name@host`. */
  readonly hostname: string;
  readonly pid: number;
  /** Waits until it consumes from its queues; throws with its output when it ends first. */
  waitUntilReady(): Promise<void>;
  output(): string;
  hasExited(): boolean;
  readonly exited: RunningProcess["exited"];
  /** Warm shutdown: it finishes the tasks that it runs; after 20 s it is killed. */
  stop(): Promise<void>;
  /** SIGKILL to it and its pool: unacknowledged messages stay with the broker. */
  kill(): Promise<void>;
  /** Sends a signal to the main process alone, such as SIGSTOP. */
  signal(signal: NodeJS.Signals): void;
}

/** Starts a real Celery worker; it is not ready yet when this returns. */
export async function startCeleryWorker(options: CeleryWorkerOptions): Promise<CeleryWorker> {
  const hostname = `${options.name}@${hostName()}`;
  const running = await startProcess({
    command: options.python,
    args: [
      ...["-m", "celery", "--app", options.app, "worker", "--loglevel", "INFO", "--hostname", hostname],
      ...(options.queues === undefined ? [] : ["--queues", options.queues.join(",")]),
      ...["--concurrency", String(options.concurrency ?? 2)],
      ...(options.args ?? []),
    ],
    cwd: options.folder,
    env: { PYTHONDONTWRITEBYTECODE: "1", ...options.env },
    onOutput: options.onOutput,
  });
  return {
    hostname,
    pid: running.pid,
    waitUntilReady: () => running.waitForOutput(`${hostname} ready.`, READY_TIMEOUT_MS),
    output: running.output,
    hasExited: running.hasExited,
    exited: running.exited,
    stop: running.stop,
    kill: running.kill,
    signal: running.signal,
  };
}
