import type { AppError } from "@/lib/errors";
import type { TlsSettings } from "./tls-settings";

const CERTIFICATE_CHECKS: Readonly<Record<string, boolean>> = {
  CERT_REQUIRED: true,
  CERT_OPTIONAL: true,
  CERT_NONE: false,
  required: true,
  optional: true,
  none: false,
};

/**
 * Reads the `ssl_*` query parameters as redis-py names them (celery-wire.md B.7). Returns null when neither the scheme nor a parameter asks
 * for TLS. For a client `optional` is as strict as `required`, as in Python. Throws what `refuse` makes.
 */
export function parseTlsParameters(
  parameters: URLSearchParams,
  impliedByScheme: boolean,
  refuse: (problem: string) => AppError,
): TlsSettings | null {
  const asked = [...parameters.keys()].some((name) => name.startsWith("ssl_"));
  if (!asked && !impliedByScheme) return null;
  const check = parameters.get("ssl_cert_reqs") ?? "required";
  const verifyCertificate = CERTIFICATE_CHECKS[check];
  if (verifyCertificate === undefined) {
    throw refuse(
      `ssl_cert_reqs is "${check}"; it takes one of ${Object.keys(CERTIFICATE_CHECKS).join(", ")}`,
    );
  }
  if (parameters.has("ssl_certfile") !== parameters.has("ssl_keyfile")) {
    throw refuse("ssl_certfile and ssl_keyfile must be given together");
  }
  return {
    verifyCertificate,
    checkHostname: verifyCertificate && parameters.get("ssl_check_hostname")?.toLowerCase() !== "false",
    caFile: parameters.get("ssl_ca_certs"),
    certificateFile: parameters.get("ssl_certfile"),
    keyFile: parameters.get("ssl_keyfile"),
    keyPassword: parameters.get("ssl_password"),
  };
}
