/**
 * Says whether a request that changes something was made by our own pages: the browser says so itself
 * (Sec-Fetch-Site), or its Origin is the host that it asked. A request with neither header is not from a browser
 * that we can trust to have said so, and is refused.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  const host = headers.get("host");
  if (origin === null || host === null) return false;
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
