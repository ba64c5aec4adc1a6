import { formatDecimal } from "./decimal";

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;
const STEP = 1024;

/** A size in bytes: `512 B`, `1.5 KB`, `128 MB`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${formatDecimal(size, digits)} ${UNITS[unit]}`;
}
