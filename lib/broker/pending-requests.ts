import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { DecodedControlReply } from "@/lib/celery/control/decode-control-reply";
import type { ControlReply } from "@/lib/celery/control-message";

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;
/** After the last addressed worker has answered, a second one of the same name gets this long. */
const NAMESAKE_GRACE_MS = 100;

/** Who is to answer a request. */
interface ExpectedReplies {
  /** How many mailboxes got it, or null when that is not known. */
  readonly mailboxes: number | null;
  /** Exact worker names, or null for all. */
  readonly destination: readonly string[] | null;
}

interface GatherOptions {
  /** Epoch ms. */
  readonly deadline: number;
  /** Called before each look, where replies have to be fetched. */
  readonly fetch?: () => Promise<void>;
}

/** Remote-control requests that wait for replies; a reply finds its request by its ticket (celery-wire.md C.3). */
export class PendingRequests {
  readonly #pending = new Map<string, PendingRequest>();

  /** Runs `work` with a new request, which takes replies as long as `work` does. */
  async run<T>(work: (request: PendingRequest) => Promise<T>): Promise<T> {
    const request = new PendingRequest();
    this.#pending.set(request.ticket, request);
    try {
      return await work(request);
    } finally {
      this.#pending.delete(request.ticket);
    }
  }

  /** Hands a reply to its request; one that comes too late for it is nobody's. */
  deliver({ ticket, replies }: DecodedControlReply): void {
    this.#pending.get(ticket ?? "")?.add(replies);
  }
}

/** One request and what came for it so far. */
export class PendingRequest {
  readonly ticket = randomUUID();
  readonly replies: ControlReply[] = [];
  /** Messages, those that can't be read included. */
  #messages = 0;

  add(replies: readonly ControlReply[]): void {
    this.#messages += 1;
    this.replies.push(...replies);
  }

  /** Resolves when all that are expected have answered, or at the deadline. */
  async gather(
    { mailboxes, destination }: ExpectedReplies,
    { deadline, fetch }: GatherOptions,
  ): Promise<void> {
    let end = deadline;
    let pause = FIRST_PAUSE_MS;
    let haveAllNamesAnswered = false;
    while (this.#messages < (mailboxes ?? Number.POSITIVE_INFINITY) && Date.now() < end) {
      await delay(Math.min(pause, end - Date.now()));
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      await fetch?.();
      if (haveAllNamesAnswered || !this.#hasRepliesOfAll(destination)) continue;
      haveAllNamesAnswered = true;
      end = Math.min(end, Date.now() + NAMESAKE_GRACE_MS);
    }
  }

  #hasRepliesOfAll(destination: readonly string[] | null): boolean {
    const answered = new Set(this.replies.map(({ hostname }) => hostname));
    return destination?.every((hostname) => answered.has(hostname)) ?? false;
  }
}
