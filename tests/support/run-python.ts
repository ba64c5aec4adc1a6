import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { REPOSITORY_ROOT } from "./repository-root";

/** The Django project that the tests share; sources run in its folder. */
export const TEST_PROJECT_FOLDER = join(REPOSITORY_ROOT, "tests/support/python");

export interface PythonRun {
  readonly source: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What the source reads from its standard input. */
  readonly input?: string;
}

interface Answer {
  readonly number: number;
  readonly output: string;
  /** The traceback of a source that failed. */
  readonly error: string | null;
}

const runners = new Map<string, PythonRunner>();

/**
 * Runs a source with the interpreter `python`, which has Celery and Django, and returns what it printed. Throws with the traceback
 * when it fails. To load Celery and Django takes longer than what nearly all sources do: so it is done once (run_sources.py).
 */
export function runPython(python: string, run: PythonRun): Promise<string> {
  let runner = runners.get(python);
  if (runner === undefined || runner.hasEnded) {
    runner = new PythonRunner(python);
    runners.set(python, runner);
  }
  return runner.run(run);
}

/** One interpreter, which ends with this process. */
class PythonRunner {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Omit<Answer, "number">) => void>();
  #runs = 0;
  hasEnded = false;

  constructor(python: string) {
    const child = spawn(python, ["run_sources.py"], {
      cwd: TEST_PROJECT_FOLDER,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { number, ...answer }: Answer = JSON.parse(line);
      this.#settle(number, answer);
    });
    // It has ended, which "close" tells.
    child.stdin.on("error", () => undefined);
    child.once("error", (error) => this.#end(error.message));
    child.once("close", (status, signal) => this.#end(`${python} ended with ${signal ?? status}`));
    this.#holdProcess(false);
  }

  async run({ source, env, input = "" }: PythonRun): Promise<string> {
    this.#runs += 1;
    const number = this.#runs;
    const answered = new Promise<Omit<Answer, "number">>((resolve) => this.#waiting.set(number, resolve));
    this.#holdProcess(true);
    this.#child.stdin?.write(`${JSON.stringify({ number, source, env, input })}\n`);
    const { output, error } = await answered;
    if (error !== null) throw new Error(`${source}\nfailed: ${error}${output}`);
    return output;
  }

  #settle(number: number, answer: Omit<Answer, "number">): void {
    this.#waiting.get(number)?.(answer);
    this.#waiting.delete(number);
    if (this.#waiting.size === 0) this.#holdProcess(false);
  }

  #end(error: string): void {
    this.hasEnded = true;
    for (const number of [...this.#waiting.keys()]) this.#settle(number, { output: "", error });
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
