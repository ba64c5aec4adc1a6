/** Beyond these a worker's conversion between time zones can overflow (Python's years are 1 to 9999). */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9998;

/**
 * The ISO 8601 text of `date` as Python's `datetime.isoformat()` writes it in UTC: microseconds, `+00:00`.
 * Six digits because Celery ≤ 5.2 reads the fraction as a count of microseconds (celery-wire.md A.5).
 * Throws a TypeError that names `field` when there is no such text.
 */
export function formatCeleryTime(field: string, date: Date): string {
  const year = date instanceof Date ? date.getUTCFullYear() : Number.NaN;
  // Written so that NaN, the year of an invalid date, fails.
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    throw new TypeError(`${field}: must be a date of the years ${FIRST_YEAR} to ${LAST_YEAR}`);
  }
  const text = date.toISOString();
  const fraction = date.getUTCMilliseconds() === 0 ? "" : `${text.slice(19, 23)}000`;
  return `${text.slice(0, 19)}${fraction}+00:00`;
}
