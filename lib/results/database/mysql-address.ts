/** Where the server of a `mysql://` URL listens; with `?socket=` on a Unix socket. */
export function mysqlAddress(url: URL) {
  const socketPath = url.searchParams.get("socket");
  if (socketPath !== null) return { socketPath };
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port === "" ? 3306 : Number(url.port) };
}
