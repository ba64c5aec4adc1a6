/** What is shown in place of a hidden value. */
export const HIDDEN = "***";

/** Says whether a dict key or keyword holds one of the listed names, in any case. */
export function isSecretName(key: string, names: readonly string[]): boolean {
  const folded = key.toLowerCase();
  return names.some((name) => folded.includes(name.toLowerCase()));
}

/** A pattern that finds any of the names in the result of `foldCase`; null for no names. */
export function createNamePattern(names: readonly string[]): RegExp | null {
  const alternatives = names.filter(Boolean).map((name) => escapePattern(foldCase(name)));
  return alternatives.length === 0 ? null : new RegExp(alternatives.join("|"), "g");
}

/** Lower case, character for character, so that places in it are places in the text. */
export function foldCase(text: string): string {
  const folded = text.toLowerCase();
  if (folded.length === text.length) return folded;
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return lower.length === character.length ? lower : character;
  }).join("");
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
