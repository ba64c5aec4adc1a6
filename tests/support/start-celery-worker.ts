import { hostname as hostName } from "node:os";
import { type RunningProcess, startProcess } from "./start-process";
import { startPythonModule } from "./warm-python";

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
  /** Forks it from an interpreter that has loaded Celery, in half of the time; its output is then to be asked for. */
  readonly isForked?: boolean;
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
  const args = [
    ...["--app", options.app, "worker", "--loglevel", "INFO", "--hostname", hostname],
    ...(options.queues === undefined ? [] : ["--queues", options.queues.join(",")]),
    ...["--concurrency", String(options.concurrency ?? 2)],
    ...(options.args ?? []),
  ];
  const running = await (options.isForked === true ? forkWorker(options, args) : spawnWorker(options, args));
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

function spawnWorker({ python, folder, env, onOutput }: CeleryWorkerOptions, args: readonly string[]) {
  return startProcess({
    command: python,
    args: ["-m", "celery", ...args],
    cwd: folder,
    env: { PYTHONDONTWRITEBYTECODE: "1", ...env },
    onOutput,
  });
}

function forkWorker({ python, folder, env = {} }: CeleryWorkerOptions, args: readonly string[]) {
  // The package itself, once imported, is not to be found again.
  return startPythonModule(python, { module: "celery.__main__", args, folder, env });
}
