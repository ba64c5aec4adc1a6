import type { Health } from "@/lib/api/schemas/health";
import { toInstant } from "@/lib/format/to-instant";
import type { Services } from "@/lib/services";
import { getCollectorStatus, type StoredCollectorStatus } from "@/lib/store/collector-status";
import { VERSION } from "@/lib/version";

interface Connection {
  readonly connected: boolean;
  readonly url: string;
  readonly since: number;
  readonly error: string | null;
}

/** How everything is, as of `now` (epoch ms): answers even while the store, the table or the broker is away. */
export async function getHealth(
  { settings, store, results, broker }: Services,
  now: number,
): Promise<Health> {
  // The store being away is itself part of the answer.
  const collector = await getCollectorStatus(store, now).catch(() => null);
  const brokerView = collector?.active ? collector.broker : broker().getStatus();
  const connections = {
    broker: viewConnection(brokerView),
    results: results ? viewConnection(results.getStatus()) : null,
    store: viewConnection(store.getStatus()),
  };
  const allConnected = Object.values(connections).every((connection) => connection?.connected ?? true);
  return {
    status: allConnected && collector?.active ? "ok" : "degraded",
    ...connections,
    collector: viewCollector(collector),
    readOnly: settings.CELERIAC_READ_ONLY,
    hasLogin: settings.CELERIAC_PASSWORD !== undefined,
    version: VERSION,
  };
}

function viewConnection({ connected, url, since, error }: Connection): Health["store"] {
  return { connected, url, since: toInstant(since), error };
}

function viewCollector(status: StoredCollectorStatus | null): Health["collector"] {
  return {
    active: status?.active ?? false,
    lastEventAt: toInstant(status?.lastEventAt ?? null),
    eventsPerSecond: status?.active ? status.eventsPerSecond : 0,
    malformedEvents: status?.malformedEvents ?? 0,
    droppedEvents: status?.droppedEvents ?? 0,
    // Absent in what an older collector wrote.
    isDroppedMinimum: status?.isDroppedMinimum ?? false,
    startedAt: toInstant(status?.startedAt ?? null),
    lagSeconds: status?.lagSeconds ?? null,
  };
}
