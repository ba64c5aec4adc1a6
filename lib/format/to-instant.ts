/** The contract's form of an instant: ISO 8601, UTC, milliseconds and `Z`; null stays null. */
export function toInstant(epochMs: number): string;
export function toInstant(epochMs: number | null): string | null;
export function toInstant(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}
