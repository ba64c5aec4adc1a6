const HAS_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * Epoch ms of a key-value backend's `date_done`: with an offset since Celery 5.4, naive and in UTC before (celery-wire.md
 * G.2). null for what is none.
 */
export function parseDateDone(text: string | null): number | null {
  if (text === null) return null;
  const at = Date.parse(HAS_OFFSET.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}
