import type { StoredWorker } from "@/lib/store/workers";

/** Where task types are registered. */
export interface RegisteredTypes {
  /** Task name → host names, sorted. */
  readonly hostnames: ReadonlyMap<string, readonly string[]>;
  /** Workers that did not say what they have registered. */
  readonly unknown: readonly string[];
  /** Workers that are known to send task events: what they are called with is heard. */
  readonly heard: ReadonlySet<string>;
  readonly workers: number;
}

/** Who among the workers has which type registered. An entry of `registered` may read `name [rate_limit=10/m]`. */
export function mapRegistered(workers: readonly StoredWorker[]): RegisteredTypes {
  const hostnames = new Map<string, string[]>();
  for (const worker of [...workers].sort((a, b) => (a.hostname < b.hostname ? -1 : 1))) {
    for (const entry of worker.answers?.registered ?? []) {
      const name = entry.replace(/ \[.*$/s, "");
      const known = hostnames.get(name);
      if (known === undefined) hostnames.set(name, [worker.hostname]);
      else if (known.at(-1) !== worker.hostname) known.push(worker.hostname);
    }
  }
  return {
    hostnames,
    unknown: workers.filter(({ answers }) => !answers?.registered).map(({ hostname }) => hostname),
    heard: new Set(
      workers.filter(({ answers }) => answers?.taskEvents === true).map(({ hostname }) => hostname),
    ),
    workers: workers.length,
  };
}
