/** The bytes of a base64 text, line breaks allowed; null when it isn't one. Runs in the browser too. */
export function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
