import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { LEAN_ENVIRONMENT } from "./lean-node";
import type { Part } from "./part";

/** A part that has not ended this long after SIGTERM is killed: five seconds are promised for all. */
const GRACE_MS = 4_500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that ran this long was healthy: its next end starts the pauses anew. */
const HEALTHY_MS = 60_000;

/**
 * Runs the parts with `environment` until `signal` aborts or a part that does not restart ends; then stops all.
 * Returns the exit status: 0 after a stop that was asked for, else that of the part that ended.
 */
export async function supervise(
  parts: readonly Part[],
  environment: NodeJS.ProcessEnv,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<number> {
  const stop = new AbortController();
  const stopping = AbortSignal.any([signal, stop.signal]);
  const statuses = await Promise.all(
    parts.map(async (part) => {
      const status = await keepRunning(part, environment, { signal: stopping, logger });
      stop.abort();
      return status;
    }),
  );
  return signal.aborted ? 0 : (statuses.find((status) => status !== 0) ?? 0);
}

async function keepRunning(
  part: Part,
  environment: NodeJS.ProcessEnv,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<number> {
  let pauseMs = FIRST_PAUSE_MS;
  while (true) {
    const startedAt = Date.now();
    const status = await run(part, environment, signal);
    if (signal.aborted || !part.restarts) return signal.aborted ? 0 : status;
    if (Date.now() - startedAt > HEALTHY_MS) pauseMs = FIRST_PAUSE_MS;
    logger.warn({ part: part.name, status, pauseMs }, "a part ended by itself; starting it again");
    await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return 0;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Runs a part once; SIGTERM, and later SIGKILL, when `signal` aborts. Returns its exit status. */
async function run(part: Part, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, part.nodeArguments, {
    env: { ...LEAN_ENVIRONMENT, ...environment },
    stdio: ["ignore", part.name === "web" ? "ignore" : "inherit", "inherit"],
  });
  const stop = () => stopChild(child);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const [status] = await once(child, "exit");
  signal.removeEventListener("abort", stop);
  return typeof status === "number" ? status : 1;
}

function stopChild(child: ChildProcess): void {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  child.once("exit", () => clearTimeout(timer));
}
