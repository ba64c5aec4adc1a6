import { randomUUID } from "node:crypto";
import { addDraftItems, createDraft, type NewBatchItem, sealDraft } from "@/lib/store/batch-drafts";
import type { BatchOptions } from "@/lib/store/batch-record";
import { type DraftStart, startDraft } from "@/lib/store/start-draft";
import type { Store } from "@/lib/store/store";

const OPTIONS: BatchOptions = {
  countdownSeconds: null,
  confirmTyped: false,
  includeRedispatched: false,
  selectionDigest: "digest",
};

/** A ready item at `position`, changed by `part`. */
export function makeItem(position: number, part: Partial<NewBatchItem> = {}): NewBatchItem {
  return {
    position,
    originalId: `task-${position}`,
    newId: randomUUID(),
    name: "shop.tasks.send_mail",
    queue: "mail",
    queueRule: "task-event",
    status: "waiting",
    reason: null,
    fingerprint: "FAILURE@1",
    after: "",
    ...part,
  };
}

/** Stores a sealed draft of these items; returns its id. */
export async function makeDraft(store: Store, items: readonly NewBatchItem[]): Promise<string> {
  const id = randomUUID();
  await createDraft(store, {
    id,
    actor: "previewer",
    selection: "all",
    selectionQuery: null,
    options: OPTIONS,
  });
  await addDraftItems(store, id, items);
  await sealDraft(store, id, {
    total: items.length,
    skipped: items.filter((item) => item.status === "skipped").length,
  });
  return id;
}

/** Starts the draft as a person would, changed by `part`. */
export async function start(store: Store, id: string, part: Partial<DraftStart> = {}): Promise<void> {
  await startDraft(store, {
    id,
    actor: "anna",
    reason: "outage",
    ratePerSecond: null,
    options: OPTIONS,
    queue: null,
    unblock: [],
    endedByArgs: ["lossy-args"],
    overrides: [],
    ...part,
  });
}
