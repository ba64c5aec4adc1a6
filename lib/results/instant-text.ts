import type { EpochMicros } from "./results";

/** `YYYY-MM-DD HH:MM:SS` with any number of fraction digits, UTC: how Django writes SQLite text, and what we ask of the others. */
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|\+00(?::?00)?)?$/;

// What every database can hold: 0001-01-01 to 9999-12-31.
const EARLIEST: EpochMicros = -62_135_596_800_000_000n;
const LATEST: EpochMicros = 253_402_300_799_999_999n;

/**
 * Writes epoch microseconds as `YYYY-MM-DD HH:MM:SS[.f…]` in UTC, without trailing zeros in the fraction: so a
 * comparison as text is exact against `…:27`, `…:27.5` and `…:27.500000` alike, because each is a prefix of the next.
 * Instants outside the years 1 to 9999 become the nearest one inside.
 */
export function formatInstantText(instant: EpochMicros): string {
  const micros = instant < EARLIEST ? EARLIEST : instant > LATEST ? LATEST : instant;
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19).replace("T", " ");
  const digits = String(fraction).padStart(6, "0").replace(/0+$/, "");
  return digits === "" ? seconds : `${seconds}.${digits}`;
}

/** Reads what a result table holds as an instant (UTC) into epoch microseconds; null when it is NULL or no instant. */
export function parseInstantText(text: string | null): EpochMicros | null {
  const parts = text === null ? null : INSTANT.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    // The pattern has exactly these six groups of digits.
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds =
    new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  const fraction = (parts[7] ?? "").slice(0, 6).padEnd(6, "0");
  return BigInt(milliseconds) * 1000n + BigInt(fraction);
}

/** Says whether `text` is an instant that a database will take in a comparison. */
export function isInstantText(text: string): boolean {
  return parseInstantText(text) !== null;
}
