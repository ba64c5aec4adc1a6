/** Whether the browser came by TLS, to us or to the proxy before us (which says so in X-Forwarded-Proto). */
export function isSecureRequest(request: Request): boolean {
  const forwarded = request.headers.get("x-forwarded-proto");
  return (forwarded ?? new URL(request.url).protocol).startsWith("https");
}
