/**
 * Whether a task name matches a pattern of CELERIAC_ROUTES, as Celery's task_routes globs do: `*` is any run of
 * characters, `?` one character, everything else itself. Linear in practice: no regular expression is built from the
 * setting, so no pattern can make it slow.
 */
export function matchesRoute(name: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let retryFrom = 0;
  while (at < name.length) {
    if (pattern[next] === "*") {
      star = next;
      retryFrom = at;
      next += 1;
    } else if (next < pattern.length && (pattern[next] === "?" || pattern[next] === name[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      retryFrom += 1;
      at = retryFrom;
      next = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(next));
}
