import type { AppError } from "@/lib/errors";

/** Makes the error that names the URL. */
export type Refuse = (problem: string) => AppError;

/** The parts of one node's URL, decoded; what is absent is "" (the port: 0). */
export interface UrlParts {
  readonly scheme: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * Splits as Python does: the WHATWG parser refuses a user without a host, as in `redis+socket://user:password@/path`.
 * Throws what `refuse` makes for a port that is none.
 */
export function splitBrokerUrl(text: string, refuse: Refuse): UrlParts {
  const [, scheme = "", authority = "", path = "", query = ""] =
    /^([^:]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(text) ?? [];
  const at = authority.lastIndexOf("@");
  const [, username = "", password = ""] =
    /^([^:]*)(?::(.*))?$/s.exec(authority.slice(0, Math.max(0, at))) ?? [];
  const [, host = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority.slice(at + 1)) ?? [];
  if (port !== "" && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    const hint = 'or the password holds an unescaped "/", "?", "#" or "@"';
    throw refuse(`the port is not a number from 1 to 65535 (${hint})`);
  }
  return {
    scheme,
    username: percentDecode(username),
    password: percentDecode(password),
    host: percentDecode(host.replace(/^\[|\]$/g, "")),
    port: Number(port),
    path: percentDecode(path),
    query: new URLSearchParams(query),
  };
}

/** Decodes as Python's `unquote`: what is no escape stays as it is, bytes that are no UTF-8 become U+FFFD. */
function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll("%", ""), "hex").toString("utf8"),
  );
}
