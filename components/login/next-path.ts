/**
 * The page to open after the login, from `?next=`. Only a path of this origin: anything else could lead a person who
 * has just typed a password to a look-alike.
 */
export function readNextPath(search: string, origin: string): string {
  const next = new URLSearchParams(search).get("next");
  if (next === null || !URL.canParse(next, origin)) return "/";
  const url = new URL(next, origin);
  return url.origin !== origin || url.pathname === "/login" ? "/" : url.pathname + url.search;
}
