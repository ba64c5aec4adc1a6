/** Whether every `%` of a path begins the UTF-8 of a character. Next answers 500 to an API path where one does not. */
export function isDecodablePath(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
