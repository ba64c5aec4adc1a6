import { MANAGED_QUEUE_COLUMNS, type ManagedQueue, parseManagedQueues } from "./managed-queue";
import type { ManagementClient } from "./management-client";

const PAGE_SIZE = 500;
const MAX_PAGES = 4;

/** Lists the queues of a virtual host from the management API, at most 2,000; null when it does not answer. */
export async function listManagedQueues(
  management: ManagementClient,
  virtualHost: string,
): Promise<ManagedQueue[] | null> {
  const queues: ManagedQueue[] = [];
  for (let number = 1; number <= MAX_PAGES; number += 1) {
    const query = `page=${number}&page_size=${PAGE_SIZE}&columns=${MANAGED_QUEUE_COLUMNS}`;
    const answer = await management.get(`queues/${encodeURIComponent(virtualHost)}?${query}`);
    const page = parseManagedQueues(answer);
    if (page === null) return null;
    queues.push(...page.queues);
    if (number >= page.pageCount) break;
  }
  return queues;
}
