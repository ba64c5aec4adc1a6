/** Most digits after the point → its formatter. Building one takes longer than a hundred uses. */
const formatters = new Map<number, Intl.NumberFormat>();

/** A number with thousands separators and `maxDigits` after the point at most: `1,204`, `12.3`. */
export function formatDecimal(value: number, maxDigits: number): string {
  const known = formatters.get(maxDigits);
  if (known !== undefined) return known.format(value);
  const formatter = new Intl.NumberFormat("en-US", { maximumFractionDigits: maxDigits });
  formatters.set(maxDigits, formatter);
  return formatter.format(value);
}
