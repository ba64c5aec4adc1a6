import type { ExactArgsSource } from "../args-source";
import type { WireArray, WireObject } from "../wire-value";
import type { ReadArgs } from "./read-args";

/** A task's args and kwargs from a source that keeps values and not a text of them. */
export interface ExactArgs {
  readonly source: ExactArgsSource;
  /** The task that they are of; null is "not said". */
  readonly name: string | null;
  /** `exact`; `safe` or `typed` out of a pickle; `unknown` or `lossy` where the source has none that can be sent. */
  readonly args: ReadArgs<WireArray>;
  readonly kwargs: ReadArgs<WireObject>;
}
