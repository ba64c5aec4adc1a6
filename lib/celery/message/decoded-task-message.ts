import type { WireArray, WireObject, WireValue } from "../wire-value";
import type { TimeLimits } from "./field-reader";

/**
 * What a received task message says (celery-wire.md A.1 to A.4). null is "not said" or "not of the type that it must
 * have"; then `problems` says so.
 */
export interface DecodedTaskMessage {
  /** `hybrid` is protocol 2 in the headers with a protocol 1 body; null is no task message at all. */
  readonly protocol: 1 | 2 | "hybrid" | null;
  readonly id: string | null;
  readonly task: string | null;
  readonly shadow: string | null;
  readonly args: WireArray | null;
  readonly kwargs: WireObject | null;
  /** ISO 8601 text, as the sender wrote it. */
  readonly eta: string | null;
  readonly expires: string | null;
  readonly group: string | null;
  readonly groupIndex: number | null;
  readonly retries: number | null;
  readonly timeLimits: TimeLimits | null;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly argsRepr: string | null;
  readonly kwargsRepr: string | null;
  readonly origin: string | null;
  readonly ignoreResult: boolean | null;
  readonly stamps: WireObject | null;
  /** Signatures, or null for none. */
  readonly callbacks: WireArray | null;
  readonly errbacks: WireArray | null;
  /** The steps still to come, the next one last. */
  readonly chain: WireArray | null;
  /** Signature of the chord's body. */
  readonly chord: WireObject | null;
  readonly isRedelivered: boolean;
  /** Headers that are not Celery's. */
  readonly customHeaders: ReadonlyMap<string, WireValue>;
  /** Everything that a worker could choke on or that we could not read, in words; empty for a sound message. */
  readonly problems: readonly string[];
  /** Whether a worker dies of one of them, and of the message again as often as it starts (docs/celery-versions.md). */
  readonly isDeadly: boolean;
}
