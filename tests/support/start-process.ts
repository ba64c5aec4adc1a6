import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { startLastWill } from "./start-last-will";
import { StopWaiting, waitFor } from "./wait-for";
import { waitUntilStopped } from "./wait-until-stopped";

const GRACE_MS = 20_000;
/** Characters of output kept, from the end. */
const KEPT_OUTPUT = 2_000_000;

/** Reads which groups are to be watched over until we are gone, then kills those that are left. */
const KILLER = `groups=
while read -r what group; do
  if [ "$what" = watch ]; then groups="$groups $group"; continue; fi
  kept=
  for one in $groups; do [ "$one" = "$group" ] || kept="$kept $one"; done
  groups=$kept
done
for group in $groups; do kill -s KILL -- "-$group"; done`;

let killer: Writable | undefined;

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What asks the program to end in an orderly way; SIGTERM by default. */
  readonly stopSignal?: NodeJS.Signals;
  readonly onOutput?: (text: string) => void;
}

export interface RunningProcess {
  readonly pid: number;
  /** What it printed on both streams, at most the last 2 MB. */
  output(): string;
  hasExited(): boolean;
  /** Resolves when it has ended, with its status or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Waits until its output has `text`; throws with the output when it ends first. */
  waitForOutput(text: string | RegExp, timeoutMs?: number): Promise<void>;
  /** Sends a signal to the program alone, not to its children. After SIGSTOP it has stopped. */
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end, and kills its whole process group after 20 s. */
  stop(): Promise<void>;
  /** Kills its whole process group. */
  kill(): Promise<void>;
}

/**
 * Starts a program in a process group of its own. The group is killed when this process dies, even by SIGKILL: a shell
 * waits on a pipe that the kernel closes then.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const pid = await waitForPid(child, options.command);
  return watchOverProcess({
    ...{ command: options.command, pid, stopSignal: options.stopSignal },
    output: collectOutput(child, options.onOutput),
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    exited: new Promise((resolve) => {
      child.once("close", (status, signal) => resolve(signal ?? status ?? 1));
    }),
  });
}

/** A program that leads a process group of its own, whoever started it. */
interface GroupLeader extends Pick<RunningProcess, "pid" | "output" | "hasExited" | "exited"> {
  /** For messages. */
  readonly command: string;
  readonly stopSignal?: NodeJS.Signals | undefined;
}

/** Has the group of a program killed when this process dies, and gives what a test does with it. */
export function watchOverProcess(leader: GroupLeader): RunningProcess {
  const { command, pid, output, hasExited, exited } = leader;
  const dismissWatcher = watchOverGroup(pid);
  void exited.then(dismissWatcher);

  async function kill() {
    signalProcess(-pid, "SIGKILL");
    await exited;
  }

  return {
    pid,
    output,
    hasExited,
    exited,
    kill,
    signal(signal) {
      if (hasExited()) return;
      signalProcess(pid, signal);
      if (signal === "SIGSTOP") waitUntilStopped(pid);
    },
    async stop() {
      if (!hasExited()) signalProcess(pid, leader.stopSignal ?? "SIGTERM");
      const timer = setTimeout(() => signalProcess(-pid, "SIGKILL"), GRACE_MS);
      await waitFor(hasExited, { timeoutMs: 2 * GRACE_MS, what: `the end of ${command}` });
      clearTimeout(timer);
      await kill();
    },
    async waitForOutput(text, timeoutMs = 30_000) {
      const isThere = () => (typeof text === "string" ? output().includes(text) : text.test(output()));
      const what = () => `${text} in the output of ${command}:\n${output()}`;
      await waitFor(() => isThere() || stopWhenExited(hasExited(), what), { timeoutMs, what });
    },
  };
}

function waitForPid(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new Error(`${command} does not start: ${cause.message}`, { cause })),
    );
    child.once("spawn", () => resolve(child.pid ?? 0));
  });
}

/** Kills the group when this process ends; returns what ends the watch without a kill. */
function watchOverGroup(pid: number): () => void {
  killer ??= startLastWill(KILLER);
  killer.write(`watch ${pid}\n`);
  return () => void killer?.write(`dismiss ${pid}\n`);
}

function collectOutput(child: ChildProcess, onOutput?: (text: string) => void): () => string {
  let kept = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      kept = (kept + text).slice(-KEPT_OUTPUT);
      onOutput?.(text);
    });
  }
  return () => kept;
}

/** Signals a process, or with a negative number a group. */
function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it is gone already, which is what was asked for.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function stopWhenExited(hasExited: boolean, what: () => string): false {
  if (hasExited) throw new StopWaiting(`it ended before there was ${what()}`);
  return false;
}
