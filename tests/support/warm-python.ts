import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeTempFolder } from "./make-temp-folder";
import { REPOSITORY_ROOT } from "./repository-root";
import { type RunningProcess, watchOverProcess } from "./start-process";

/** The Django project that the tests share; sources run in its folder. */
export const TEST_PROJECT_FOLDER = join(REPOSITORY_ROOT, "tests/support/python");

export interface PythonRun {
  readonly source: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What the source reads from its standard input. */
  readonly input?: string;
}

export interface PythonModule {
  /** As `python -m` takes it, with its arguments. */
  readonly module: string;
  readonly args: readonly string[];
  /** Where it runs and finds what it imports. */
  readonly folder: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const interpreters = new Map<string, WarmPython>();

/**
 * Runs a source with the interpreter `python`, which has Celery and Django, and returns what it printed. Throws with the traceback
 * when it fails. To load Celery and Django takes longer than what nearly all sources do: so it is done once (warm_python.py).
 */
export function runPython(python: string, run: PythonRun): Promise<string> {
  return findInterpreter(python).run(run);
}

/** Starts a program as startProcess does with `python -m`, in half the time: what Celery and Django load is loaded already. */
export function startPythonModule(python: string, program: PythonModule): Promise<RunningProcess> {
  return findInterpreter(python).start(program);
}

function findInterpreter(python: string): WarmPython {
  const known = interpreters.get(python);
  if (known !== undefined && !known.hasEnded) return known;
  const interpreter = new WarmPython(python);
  interpreters.set(python, interpreter);
  return interpreter;
}

/** What warm_python.py answers to a request; `ended` when it has died instead. */
interface Answer {
  readonly number: number;
  readonly output?: string;
  /** The traceback of a source that failed. */
  readonly error?: string | null;
  readonly pid?: number;
  /** As Python's `subprocess` has it: a signal's number, negative, if that ended the program. */
  readonly status?: number;
  readonly ended?: string;
}

/** One interpreter, which ends with this process. */
class WarmPython {
  readonly #child: ChildProcess;
  readonly #listeners = new Map<number, (answer: Answer) => void>();
  #requests = 0;
  hasEnded = false;

  constructor(python: string) {
    const child = spawn(python, ["warm_python.py"], {
      cwd: TEST_PROJECT_FOLDER,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const answer: Answer = JSON.parse(line);
      this.#listeners.get(answer.number)?.(answer);
    });
    // It has ended, which "close" tells.
    child.stdin.on("error", () => undefined);
    child.once("error", (error) => this.#end(error.message));
    child.once("close", (status, signal) => this.#end(`${python} ended with ${signal ?? status}`));
    this.#holdProcess(false);
  }

  async run({ source, env, input = "" }: PythonRun): Promise<string> {
    const answered = new Promise<Answer>((resolve) =>
      this.#ask({ source, env, input }, (answer) => {
        resolve(answer);
        return true;
      }),
    );
    const { output = "", error, ended = error } = await answered;
    if (ended) throw new Error(`${source}\nfailed: ${ended}${output}`);
    return output;
  }

  start({ module, args, folder, env }: PythonModule): Promise<RunningProcess> {
    const log = join(makeTempFolder("python"), "output");
    writeFileSync(log, "");
    let hasExited = false;
    return new Promise((resolve, reject) => {
      const exited = new Promise<number | NodeJS.Signals>((resolveExited) =>
        this.#ask({ module, args, folder, env, log }, ({ pid, status = 1, ended }) => {
          if (pid === undefined) {
            hasExited = true;
            resolveExited(toStatus(status));
            reject(new Error(ended));
            return true;
          }
          resolve(
            watchOverProcess({
              ...{ command: module, pid, exited },
              hasExited: () => hasExited,
              output: () => readFileSync(log, "utf8"),
            }),
          );
          return false;
        }),
      );
    });
  }

  /** Sends a request and gives `listen` each answer until it returns true. */
  #ask(request: object, listen: (answer: Answer) => boolean): void {
    this.#requests += 1;
    const number = this.#requests;
    this.#listeners.set(number, (answer) => {
      if (!listen(answer)) return;
      this.#listeners.delete(number);
      if (this.#listeners.size === 0) this.#holdProcess(false);
    });
    this.#holdProcess(true);
    this.#child.stdin?.write(`${JSON.stringify({ number, ...request })}\n`);
  }

  #end(ended: string): void {
    this.hasEnded = true;
    for (const [number, listen] of [...this.#listeners]) listen({ number, ended });
  }

  /** Whether this process must stay for an answer. */
  #holdProcess(isHeld: boolean): void {
    const { stdin, stdout } = this.#child;
    for (const handle of [this.#child, stdin, stdout] as { ref?(): void; unref?(): void }[]) {
      if (isHeld) handle.ref?.();
      else handle.unref?.();
    }
  }
}

function toStatus(status: number): number | NodeJS.Signals {
  if (status >= 0) return status;
  const [name] = Object.entries(constants.signals).find(([, number]) => number === -status) ?? [];
  // Object.entries tells no more than that keys are strings.
  return (name as NodeJS.Signals | undefined) ?? 1;
}
