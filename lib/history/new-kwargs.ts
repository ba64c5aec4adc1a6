import type { KnownKwargs } from "@/lib/store/kwarg-names";

const HOUR_MS = 3_600_000;
/** In its first hour everything that a type is called with is new to us. */
const LEARNING_MS = HOUR_MS;
const NEW_MS = 7 * 24 * HOUR_MS;

/** A keyword that calls of a type did not have before; epoch ms. */
export interface NewKwarg {
  readonly name: string;
  readonly firstSeenAt: number;
}

/** The keywords that a type has been called with for a week at most, though its calls were looked at before; the newest first. */
export function findNewKwargs(known: KnownKwargs | undefined, now: number): readonly NewKwarg[] {
  if (known === undefined) return [];
  return Array.from(known.firstSeen, ([name, firstSeenAt]) => ({ name, firstSeenAt }))
    .filter(({ firstSeenAt }) => firstSeenAt > known.since + LEARNING_MS && firstSeenAt > now - NEW_MS)
    .sort((a, b) => b.firstSeenAt - a.firstSeenAt);
}
