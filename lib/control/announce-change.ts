import { createLogger } from "@/lib/logger";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";

const log = createLogger("control");

/** Has browsers ask again what was just changed. Never rejects: what was done is done, seen or not. */
export async function announceChange(store: Store, topic: "tasks" | "workers"): Promise<void> {
  await bumpTopics(store, [topic]).catch((error: unknown) =>
    log.warn({ topic, error: String(error) }, "a change is not announced"),
  );
}
