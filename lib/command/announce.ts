import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "@/lib/env";

const POLL_MS = 200;

/** Prints the address once the web answers there; gives up quietly when `signal` aborts. */
export async function announceWhenReady(
  { HOST, PORT }: Pick<Settings, "HOST" | "PORT">,
  signal: AbortSignal,
): Promise<void> {
  const name = HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST;
  const url = `http://${name.includes(":") ? `[${name}]` : name}:${PORT}`;
  while (!signal.aborted) {
    const answer = await fetch(`${url}/healthcheck`, { signal }).catch(() => null);
    if (answer?.ok) {
      process.stdout.write(`Celeriac is at ${url}\n`);
      return;
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
