import { hostname } from "node:os";

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Says whether the Host header names this server: a loopback name, any IP address, HOST, this machine's name, or one
 * of CELERIAC_ALLOWED_HOSTS. A page of another site that rebinds its name to our address fails here, since a rebound
 * name is always a name.
 */
export function isKnownHost(header: string | null, known: readonly string[]): boolean {
  const name = hostNameOf(header);
  if (name === null) return false;
  return (
    LOOPBACK_NAMES.includes(name) ||
    isIpAddress(name) ||
    name === hostname().toLowerCase() ||
    known.some((entry) => entry.toLowerCase() === name)
  );
}

/** The lower-case name of a Host header, without its port; null when it isn't one. */
function hostNameOf(header: string | null): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:/\s@]+)(?::\d{1,5})?$/i.exec(header ?? "");
  return match?.[1]?.toLowerCase() ?? null;
}

function isIpAddress(name: string): boolean {
  return name.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(name);
}
