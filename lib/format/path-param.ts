/** A part of a path as the router hands it over, decoded; a malformed `%` is kept as it stands. */
export function decodePathParam(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
