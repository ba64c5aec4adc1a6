const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** From this call on a signal that asks us to stop ends the process at once; its exit hooks run. */
export function exitOnSignal(): void {
  for (const signal of STOP_SIGNALS) process.on(signal, exitAtOnce);
}

/** Resolves with the next signal that asks us to stop. From this call on they no longer end the process by themselves. */
export function waitForSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) process.off(signal, exitAtOnce).on(signal, resolve);
  });
}

function exitAtOnce(): void {
  process.exit(130);
}
