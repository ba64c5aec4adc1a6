import type { Worker } from "@/lib/api/schemas/workers";

/** Those that are online by name, then those that went away, the last heard of first; whose name holds `text`. */
export function orderWorkers(workers: readonly Worker[], text: string): Worker[] {
  const sought = text.trim().toLowerCase();
  return workers
    .filter(({ hostname }) => hostname.toLowerCase().includes(sought))
    .toSorted((a, b) => {
      if (a.status !== b.status) return a.status === "online" ? -1 : 1;
      const byAge =
        a.status === "online" ? 0 : (b.lastHeartbeatAt ?? "").localeCompare(a.lastHeartbeatAt ?? "");
      return byAge || a.hostname.localeCompare(b.hostname);
    });
}
