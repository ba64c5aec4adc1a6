import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { AppError } from "@/lib/errors";
import type { TlsSettings } from "./tls-settings";

/**
 * Returns Node's TLS options for the `ssl_*` parameters. Reads the certificate files; throws AppError `unprocessable`
 * that names the parameter and the path when one can't be read.
 */
export function readTlsFiles(tls: TlsSettings): ConnectionOptions {
  return {
    rejectUnauthorized: tls.verifyCertificate,
    ca: readFile("ssl_ca_certs", tls.caFile),
    cert: readFile("ssl_certfile", tls.certificateFile),
    key: readFile("ssl_keyfile", tls.keyFile),
    passphrase: tls.keyPassword ?? undefined,
    ...(tls.checkHostname ? {} : { checkServerIdentity: () => undefined }),
  };
}

function readFile(parameter: string, path: string | null): Buffer | undefined {
  if (path === null) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    throw new AppError(
      "unprocessable",
      `CELERY_BROKER_URL: ${parameter} names "${path}", which can't be read (${reason})`,
      {
        cause,
      },
    );
  }
}
