/** One look at one list of ready messages. The newest is at the head, the next to be served at the tail. */
export interface ListLook {
  /** Epoch ms before and after the broker was asked: it looked at the list at some time between. */
  readonly askedAt: number;
  readonly at: number;
  readonly length: number;
  /** How many messages now stand before the one that was the newest at the last look; null when it was not found. */
  readonly beforeMark: number | null;
  /** Whether the search for that message went through the whole list. */
  readonly searchedAll: boolean;
  readonly oldest: MessageIdentity | null;
  /** Whether the newest message can be told from all others at the next look: a message that was put back may come twice. */
  readonly canMark: boolean;
}

export interface MessageIdentity {
  readonly id: string;
  /** Whether it was delivered before and put back, which happens at either end of the list. */
  readonly isRedelivered: boolean;
}

/** When something happened: after `after` (null: unknown) and not after `by`, epoch ms. */
interface TimeSpan {
  readonly after: number | null;
  readonly by: number;
}

/** What the looks so far tell about one list. Plain data of bounded size. */
export interface ListHistory {
  readonly askedAt: number;
  readonly at: number;
  readonly length: number;
  readonly hasMark: boolean;
  /** The number of the newest message; the one pushed before it has the number below, and so on to the tail. */
  readonly newest: number;
  /** When the waiting messages came, oldest first: those up to the number `upTo`, less those of the span before. */
  readonly spans: readonly (TimeSpan & { readonly upTo: number })[];
  readonly oldest: (MessageIdentity & TimeSpan) | null;
  /** Messages pushed between the last two looks, or null when that can't be known. */
  readonly pushed: number | null;
  /** Whether the list was empty at the look before the last. */
  readonly wasEmpty: boolean;
}

/** A time between two looks this far apart is known to within 2 s, half of it. */
export const PRECISE_SPAN_MS = 4_000;
const MAX_SPANS = 4_096;

/**
 * Adds one look to the history of a list (null: the first). Messages carry no time, but they come at the head and
 * leave at the tail: the place of the message that was the newest at the last look tells how many have come since, and
 * the length tells how many of all are left. Messages that are put back at the tail do not disturb the count, which begins at
 * the head; when one stands at the tail itself, its time is a bound only (celery-wire.md B.4).
 */
export function followList(before: ListHistory | null, look: ListLook): ListHistory {
  const arrived = countArrived(before, look);
  const isContinued = before !== null && arrived !== null;
  const newest = isContinued ? before.newest + arrived.count : look.length;
  const first = newest - look.length;
  const known = isContinued ? before.spans.filter((span) => span.upTo > first) : [];
  const latest = { upTo: newest, after: isContinued ? before.askedAt : null, by: look.at };
  const spans = newest > (known.at(-1)?.upTo ?? first) ? limitSpans([...known, latest]) : known;
  return {
    askedAt: look.askedAt,
    at: look.at,
    length: look.length,
    hasMark: look.canMark && look.length > 0,
    newest,
    spans,
    oldest: look.oldest === null ? null : dateOldest(before, look.oldest, spans[0] ?? latest),
    pushed: arrived?.isExact === true ? arrived.count : null,
    wasEmpty: before?.length === 0,
  };
}

/** How many of the waiting messages came since the last look; not exact when others may have come and gone. */
function countArrived(
  before: ListHistory | null,
  look: ListLook,
): { count: number; isExact: boolean } | null {
  if (before === null) return null;
  if (before.length === 0) return { count: look.length, isExact: false };
  if (!before.hasMark) return null;
  if (look.beforeMark !== null) return { count: look.beforeMark, isExact: true };
  // The mark has left the list, and with it all that was older.
  return look.searchedAll ? { count: look.length, isExact: false } : null;
}

function dateOldest(
  before: ListHistory | null,
  { id, isRedelivered }: MessageIdentity,
  { after, by }: TimeSpan,
): MessageIdentity & TimeSpan {
  const last = before?.oldest;
  // What was known of it stays true, even when the count was lost meanwhile.
  if (last?.id === id && last.isRedelivered === isRedelivered) return last;
  // Its number is that of the last message that left: itself, or one that came later than it.
  return { id, isRedelivered, after: isRedelivered ? null : after, by };
}

/** Joins neighbours, first those that stay precise, then the oldest, whose times become bounds. */
function limitSpans(spans: ListHistory["spans"]): ListHistory["spans"] {
  if (spans.length <= MAX_SPANS) return spans;
  const precise = joinNeighbours(spans, (a, b) => a.after !== null && b.by - a.after <= PRECISE_SPAN_MS);
  if (precise.length <= MAX_SPANS / 2) return precise;
  const half = Math.floor(precise.length / 2);
  return [...joinNeighbours(precise.slice(0, half), () => true), ...precise.slice(half)];
}

function joinNeighbours(
  spans: ListHistory["spans"],
  mayJoin: (a: TimeSpan, b: TimeSpan) => boolean,
): ListHistory["spans"] {
  const joined: (TimeSpan & { readonly upTo: number })[] = [];
  for (let index = 0; index < spans.length; index += 1) {
    const [span, next] = spans.slice(index, index + 2);
    if (span === undefined) break;
    if (next !== undefined && mayJoin(span, next)) index += 1;
    joined.push(next !== undefined && mayJoin(span, next) ? { ...next, after: span.after } : span);
  }
  return joined;
}
