/** Why a task can't be sent as it is; the same words as in the HTTP contract. */
export type BlockReason =
  | "lossy-args"
  | "typed-args"
  | "unknown-args"
  | "no-name"
  | "already-redispatched"
  | "unknown-serializer"
  | "not-finished"
  | "lost-with-worker"
  | "gone";

/** The reasons that end when a person supplies args and kwargs. */
export const ARGS_REASONS: readonly BlockReason[] = ["lossy-args", "typed-args", "unknown-args"];
