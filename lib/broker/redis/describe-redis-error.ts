const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing accepts connections there",
  ECONNRESET: "the connection broke",
  EPIPE: "the connection broke",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  ETIMEDOUT: "the host does not answer",
  EHOSTUNREACH: "the host can't be reached",
  ENETUNREACH: "the network can't be reached",
  ENOENT: "the socket file does not exist",
  EACCES: "the socket file may not be opened",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed; name its authority in ssl_ca_certs",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate's authority is not known; name it in ssl_ca_certs",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate's authority is not known; name it in ssl_ca_certs",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate's authority is not known; name it in ssl_ca_certs",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host name (see ssl_check_hostname)",
};

const REDIS_ERRORS: readonly (readonly [RegExp, string])[] = [
  [/^WRONGPASS|^ERR invalid (?:username-)?password/, "the broker refused the user name or the password"],
  [/^NOAUTH/, "the broker wants a password"],
  [/^ERR DB index is out of range/, "the broker has no database of that number"],
  [/^LOADING/, "the broker is loading its data"],
  [/^MISCONF/, "the broker can't save to disk and refuses writes (MISCONF)"],
  [/^OOM/, "the broker's memory is full (OOM)"],
  [/^READONLY/, "the broker is a read-only replica"],
  [/^Command timed out/, "the broker did not answer in time"],
  [/^Socket timeout/, "the broker stopped answering"],
  [/^Connection is closed|^Stream isn't writeable|max retries per request/, "the connection broke"],
  [/wrong version number|packet length too long/, "it does not speak TLS there, or TLS of another version"],
];

/** Says in the reader's words why a connection or a call failed. Never shows the arguments of a command. */
export function describeRedisError(error: unknown): string {
  const { code, message, address } = readError(error);
  const known = SYSTEM_ERRORS[code] ?? REDIS_ERRORS.find(([pattern]) => pattern.test(message))?.[1];
  if (known !== undefined) return address === "" ? known : `${known} (${address})`;
  // "unknown command 'X', with args beginning with: …" would show what was sent.
  return message.replace(/, with args beginning with.*$/s, "").slice(0, 300);
}

function readError(error: unknown): { code: string; message: string; address: string } {
  // Node tries each address of a name and reports all failures at once.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: "", message: String(first), address: "" };
  const fields = new Map<string, unknown>(Object.entries(first));
  const port = fields.has("port") ? `:${String(fields.get("port"))}` : "";
  return {
    code: String(fields.get("code") ?? ""),
    message: first.message,
    address: fields.has("address") ? `${String(fields.get("address"))}${port}` : "",
  };
}
