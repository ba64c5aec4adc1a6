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

const TLS_ERRORS = /wrong version number|packet length too long/;

/** What a client's own errors mean: the first pattern that matches the message counts. */
export type KnownErrors = readonly (readonly [pattern: RegExp, meaning: string])[];

/**
 * Says in the reader's words why a connection or a call failed: what the system says, then what `known` says of the
 * message, else the message itself, cut to 300 characters.
 */
export function describeConnectionError(error: unknown, known: KnownErrors): string {
  const { code, message, address } = readError(error);
  const meaning =
    SYSTEM_ERRORS[code] ??
    known.find(([pattern]) => pattern.test(message))?.[1] ??
    (TLS_ERRORS.test(message) ? "it does not speak TLS there, or TLS of another version" : undefined);
  if (meaning === undefined) return message.slice(0, 300);
  return address === "" ? meaning : `${meaning} (${address})`;
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
