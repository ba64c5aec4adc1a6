/** A day and a time of day on the wall, as date and time inputs hold them. */
export interface LocalTime {
  /** `2026-11-23` */
  date: string;
  /** `10:02` or `10:02:31` */
  time: string;
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/;

/**
 * The instant at which clocks in the process's (the browser's) own zone show `local`, as epoch ms; null when it is no
 * date. A time that the change to summer time skips is the same while later, as clocks do.
 */
export function readLocalTime({ date, time }: LocalTime): number | null {
  const match = FORM.exec(`${date}T${time}`);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((text) => Number(text ?? 0));
  const at = new Date(year, month - 1, day, hour, minute, second);
  // Date rolls 31 February over into March; that is a slip of the keyboard, not a wish.
  return at.getMonth() === month - 1 && at.getDate() === day ? at.getTime() : null;
}

/** What the wall shows in the process's own zone at `at`, epoch ms. */
export function toLocalTime(at: number): LocalTime {
  const moment = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return {
    date: `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`,
  };
}

/** Midnight, in the process's own zone, of the day that holds `at`, moved by `days`; epoch ms. */
export function startOfLocalDay(at: number, days = 0): number {
  const moment = new Date(at);
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days).getTime();
}
