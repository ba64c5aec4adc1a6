/** The escape character of our LIKE patterns; `\` depends on MySQL's sql_mode. */
const LIKE_ESCAPE = "!";

/** Escapes `text` so that LIKE … ESCAPE '!' takes every character literally. */
export function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, (character) => LIKE_ESCAPE + character);
}

/** Turns a pattern where `*` is any run of characters into one for LIKE … ESCAPE '!'. */
export function wildcardToLike(pattern: string): string {
  return pattern.split("*").map(escapeLike).join("%");
}

/** Turns a pattern where `*` is any run of characters into one for SQLite's GLOB, whose other specials are `?` and `[`. */
export function wildcardToGlob(pattern: string): string {
  return pattern.replace(/[?[]/g, (character) => `[${character}]`);
}
