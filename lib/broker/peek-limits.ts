/** A look at waiting messages ends with the message that makes it this long. */
export const MOST_PEEKED_BYTES = 4 * 1024 * 1024;
/** A longer message is counted and not read. */
export const LONGEST_SHOWN_BYTES = 1024 * 1024;

/** What is said of a message that is too long. */
export function describeTooLong(bytes: number): string {
  return `it is too long to be shown (${bytes} bytes)`;
}

/** What is said of a look that ended early. */
export function noteFewer(count: number): string {
  return `Only the first ${count} were looked at, because they are long or come slowly.`;
}
