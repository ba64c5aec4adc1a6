import type { z } from "zod";
import type { createBatchSchema, selectionSchema } from "@/lib/api/schemas/redispatches";
import type { Settings } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { RedispatchSettings } from "@/lib/redispatch/redispatch-settings";
import type { Selection } from "@/lib/redispatch/selection";
import { getVisibilityTimeout } from "@/lib/visibility-timeout";

type SelectionBody = z.infer<typeof selectionSchema>;
type Delays = Pick<z.infer<typeof createBatchSchema>, "countdownSeconds" | "spreadSeconds">;

/** The selection of a request, or null when it names none; throws AppError `bad_request` when it names two. */
export function readOptionalSelection({ filter, ids }: SelectionBody): Selection | null {
  if (filter && ids) throw new AppError("bad_request", "filter: takes either filter or ids");
  if (filter) return { filter };
  return ids ? { ids } : null;
}

/** The selection of a request; throws AppError `bad_request` unless it names one. */
export function readSelection(body: SelectionBody): Selection {
  const selection = readOptionalSelection(body);
  if (selection === null) throw new AppError("bad_request", "filter: takes either filter or ids");
  return selection;
}

/** The settings that bear on re-dispatch. */
export function readRedispatchSettings(settings: Settings): RedispatchSettings {
  return { routes: settings.CELERIAC_ROUTES, defaultQueue: settings.CELERIAC_DEFAULT_QUEUE };
}

/**
 * Throws AppError `unprocessable` when tasks would wait longer than Redis lets a worker hold them: they would be given
 * to another worker, again and again, and run more than once (celery-wire.md K).
 */
export function checkCountdown({ countdownSeconds, spreadSeconds }: Delays, settings: Settings): void {
  const limit = getVisibilityTimeout(settings);
  if (limit === null || (countdownSeconds ?? 0) + (spreadSeconds ?? 0) < limit) return;
  const field = spreadSeconds === null ? "countdownSeconds" : "countdownSeconds and spreadSeconds together";
  throw new AppError(
    "unprocessable",
    `${field}: must be less than ${limit} on Redis, its visibility timeout: tasks that wait longer are ` +
      "delivered again and run more than once. CELERIAC_BROKER_OPTIONS tells a longer visibility_timeout.",
  );
}
