const DAY_MS = 86_400_000;

/** For how long rows are kept that no setting says it of, in ms. */
export const KEPT_MS = {
  /** Of queues by the minute, and of workers; gaps between events; ended tasks by ten seconds. */
  samples: 30 * DAY_MS,
  /** Numbers by the hour are small, and a quarter is what one compares. */
  hours: 90 * DAY_MS,
} as const;
