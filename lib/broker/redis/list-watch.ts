import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { decodeVirtualEnvelope } from "@/lib/celery/virtual/decode-virtual-envelope";
import { integerOf, textOf } from "@/lib/celery/wire-fields";
import { estimateWait, type Wait } from "./estimate-wait";
import { followList, type ListHistory, type MessageIdentity } from "./follow-list";
import { type ListEnds, readListEnds, SEARCH_REACH } from "./read-list-ends";

/** A longer message is not sent back to be searched for. */
const LONGEST_MARK = 256 * 1024;
/** A look reads two messages; beyond this many characters the next one waits accordingly. */
const CHARACTERS_PER_SECOND = 1024 * 1024;

/** The message at the tail, as far as it matters here. */
interface OldestMessage extends MessageIdentity {
  readonly envelope: string;
  /** Null for what is no task, or was sent before as another try: a `task-sent` event would be of another time. */
  readonly taskId: string | null;
}

/** What is remembered of one list between two looks. */
interface WatchedList {
  readonly length: number;
  readonly history: ListHistory;
  /** False when its messages were too long to read them again at the last look. */
  readonly isFresh: boolean;
  readonly mark: string | null;
  readonly oldest: OldestMessage | null;
  /** Epoch ms. */
  readonly lookAgainAt: number;
}

/** Looks at the lists of ready messages and follows each one's messages from look to look. */
export class ListWatch {
  #lists = new Map<string, WatchedList>();
  #canSearch = true;

  /** Looks at these lists and forgets all others; `lengths` are those of a moment ago: an empty list is not asked again. */
  async look(client: Redis, lengths: ReadonlyMap<string, number>): Promise<void> {
    const before = this.#lists;
    const after = [...lengths].map(async ([key, length]) => {
      const watched = before.get(key);
      return [
        key,
        length === 0 ? seeEmpty(watched) : await this.#lookAt(client, { key, length, watched }),
      ] as const;
    });
    this.#lists = new Map(await Promise.all(after));
  }

  getLength(key: string): number {
    return this.#lists.get(key)?.length ?? 0;
  }

  /** Null when the last look did not look into the list. */
  getHistory(key: string): ListHistory | null {
    const watched = this.#lists.get(key);
    return watched?.isFresh ? watched.history : null;
  }

  /** How long the list's oldest message has waited: null when the list is empty, undefined when that is not known now. */
  getWait(key: string, sentAt: (taskId: string) => number | null): Wait | null | undefined {
    const watched = this.#lists.get(key);
    if (!watched?.isFresh) return undefined;
    const taskId = watched.oldest?.taskId ?? null;
    return estimateWait(watched.history, taskId === null ? null : sentAt(taskId));
  }

  async #lookAt(
    client: Redis,
    list: { key: string; length: number; watched?: WatchedList },
  ): Promise<WatchedList> {
    const { key, length, watched } = list;
    const askedAt = Date.now();
    if (watched !== undefined && askedAt < watched.lookAgainAt) return { ...watched, length, isFresh: false };
    const mark = this.#canSearch ? (watched?.mark ?? null) : null;
    const ends = await readListEnds(client, key, mark).catch(async (error) => {
      if (mark === null || !isRefusal(error)) throw error;
      const withoutSearch = await readListEnds(client, key, null);
      // Redis before 6.0.6, or a user who may not: ages are then known from events, else as minimums.
      this.#canSearch = false;
      return withoutSearch;
    });
    return remember(watched, { ...ends, askedAt, isSearched: mark !== null && this.#canSearch });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(EXECABORT|NOPERM|ERR unknown command)/.test(error.message);
}

interface Answer extends ListEnds {
  readonly askedAt: number;
  readonly isSearched: boolean;
}

function remember(watched: WatchedList | undefined, answer: Answer): WatchedList {
  const { askedAt, length, newest, place } = answer;
  const oldest = answer.oldest === watched?.oldest?.envelope ? watched.oldest : readOldest(answer.oldest);
  const mark =
    newest !== null && newest.length <= LONGEST_MARK && !isRedelivered(newest, oldest) ? newest : null;
  const at = Date.now();
  const history = followList(watched?.history ?? null, {
    ...{ askedAt, at, length, oldest },
    beforeMark: place,
    searchedAll: answer.isSearched && length <= SEARCH_REACH,
    canMark: mark !== null,
  });
  const characters = (newest?.length ?? 0) + (answer.oldest?.length ?? 0);
  const pause = characters <= CHARACTERS_PER_SECOND ? 0 : (1000 * characters) / CHARACTERS_PER_SECOND;
  return { length, history, isFresh: true, mark, oldest, lookAgainAt: at + pause };
}

function seeEmpty(watched: WatchedList | undefined): WatchedList {
  const at = Date.now();
  const look = {
    askedAt: at,
    at,
    length: 0,
    beforeMark: null,
    searchedAll: true,
    oldest: null,
    canMark: false,
  };
  const history = followList(watched?.history ?? null, look);
  return { length: 0, history, isFresh: true, mark: null, oldest: null, lookAgainAt: 0 };
}

function readOldest(envelope: string | null): OldestMessage | null {
  if (envelope === null) return null;
  const message = decodeVirtualEnvelope(envelope);
  const isFirstTry = (integerOf(message?.headers.get("retries")) ?? 0) === 0;
  return {
    envelope,
    id: message?.deliveryTag ?? createHash("sha1").update(envelope).digest("hex"),
    isRedelivered: message?.isRedelivered ?? false,
    taskId: isFirstTry ? textOf(message?.headers.get("id")) : null,
  };
}

function isRedelivered(envelope: string, oldest: OldestMessage | null): boolean {
  if (envelope === oldest?.envelope) return oldest.isRedelivered;
  // kombu writes it into every message that it puts back; a task that carries this text as its own is just no mark.
  return /"redelivered": ?true/.test(envelope);
}
