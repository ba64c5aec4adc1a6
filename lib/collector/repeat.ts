import { once } from "node:events";
import type { Logger } from "pino";
import { Doorbell } from "./doorbell";

const FIRST_WAIT_MS = 250;
/** Short enough to be live again within seconds of a broker's return. */
const LONGEST_WAIT_MS = 2_000;

/** One of the collector's loops. */
export interface Loop {
  readonly name: string;
  /** From start to start; a function is asked after each work. */
  readonly everyMs: number | (() => number);
  readonly work: () => Promise<void>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Whether the loop's end need not wait for a work at hand, such as one that waits for answers. */
  readonly endsAtOnce?: boolean;
  /** Rung when there is work before the time. */
  readonly doorbell?: Doorbell;
}

/**
 * Does `work` every `everyMs` (from start to start) until `signal` aborts. When it fails it is tried again after a wait
 * that doubles, with jitter, up to two seconds; the first failure and the recovery are logged. Never rejects.
 */
export async function repeat(loop: Loop): Promise<void> {
  const { name, logger, signal, doorbell = new Doorbell() } = loop;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      await (loop.endsAtOnce ? orAborted(loop.work(), signal) : loop.work());
      if (failures > 0) logger.info({ loop: name, failures }, "works again");
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === 1) logger.warn({ loop: name, error: describe(error) }, "failed, is tried again");
    }
    const everyMs = typeof loop.everyMs === "number" ? loop.everyMs : loop.everyMs();
    const leftMs = startedAt + everyMs - performance.now();
    await doorbell.wait(failures > 0 ? waitAfter(failures) : Math.max(0, leftMs), signal);
  }
}

/** Resolves with `work`, or before it when `signal` aborts. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, once(signal, "abort", { signal: done.signal })]);
  } finally {
    done.abort();
  }
}

function waitAfter(failures: number): number {
  const fullMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
  return fullMs * (0.5 + Math.random() / 2);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
