import type { ArgsClass } from "../args-class";
import type { WireArray, WireObject } from "../wire-value";

/** Args or kwargs as far as they are known. `V` is WireArray for args, WireObject for kwargs. */
export interface ReadArgs<V extends WireArray | WireObject> {
  readonly class: ArgsClass;
  /** The values to send, or null when they can't be rebuilt (`lossy`, `unknown`). Typed ones as kombu ≥ 5.3 has them. */
  readonly value: V | null;
  /** Text to show; null when nothing is stored. */
  readonly text: string | null;
  /** Why `value` is null, in words; null when it isn't. */
  readonly reason: string | null;
  /** Where in `text` reading failed (UTF-16 units), if it failed at a place. */
  readonly position: number | null;
}

/** The result for args or kwargs of which only a text is known. */
export function lossyArgs(text: string, reason: string, position: number | null) {
  return { class: "lossy", value: null, text, reason, position } as const;
}
