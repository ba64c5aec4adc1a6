/** How far stored args can be trusted to be the real ones (celery-wire.md F.8); see docs/args.md. */
export const ARGS_CLASSES = ["exact", "safe", "typed", "lossy", "unknown"] as const;
export type ArgsClass = (typeof ARGS_CLASSES)[number];

/** The weaker of two classes: a task is only as good as the worse of its args and kwargs. */
export function weakerArgsClass(a: ArgsClass, b: ArgsClass): ArgsClass {
  return ARGS_CLASSES.indexOf(a) >= ARGS_CLASSES.indexOf(b) ? a : b;
}
