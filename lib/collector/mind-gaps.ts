import type { CollectorServices } from "./collector-services";
import type { EventWriter } from "./event-writer";
import type { GapWatch } from "./gap-watch";
import { mendStates } from "./mend-states";
import { repeat } from "./repeat";

const LOOK_EVERY_MS = 1_000;
/** Events that were on their way come first: they know more than a row. */
const MEND_AFTER_MS = 10_000;

/** Keeps the gaps on record and, where there is a result table, mends the states that they left behind, until `signal` aborts. */
export async function mindGaps(
  services: Pick<CollectorServices, "store" | "results" | "logger" | "signal">,
  { gaps, writer }: { readonly gaps: GapWatch; readonly writer: EventWriter },
): Promise<void> {
  const { store, results, logger, signal } = services;
  let before: number | null = null;
  const mend = async () => {
    before = gaps.takeMendable(Date.now(), MEND_AFTER_MS) ?? before;
    if (before === null || results === null) return;
    const mended = await mendStates({ store, results, signal }, before, (ends) => writer.putResults(ends));
    logger.info({ mended }, "states mended after a gap in the events");
    before = null;
  };
  const loop = { everyMs: LOOK_EVERY_MS, logger, signal };
  await Promise.all([
    repeat({ ...loop, name: "gaps", work: () => gaps.save(Date.now()) }),
    // What was handed on last is written by the writer's own last flush, or found again after the next gap.
    repeat({ ...loop, name: "mending", endsAtOnce: true, work: mend }),
  ]);
  await gaps
    .save(Date.now())
    .catch((error: unknown) => logger.warn({ error: String(error) }, "a gap is not on record"));
}
