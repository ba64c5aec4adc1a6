import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { TlsSettings } from "../tls/tls-settings";

const text = z.string({ error: "a text" }).min(1, { error: "a text that is not empty" }).nullish();

/** Celery's `broker_use_ssl` for RabbitMQ; what each takes in words: a wrong type is named with it. */
const ssl = z.object(
  {
    ca_certs: text,
    certfile: text,
    keyfile: text,
    password: text,
    cert_reqs: z
      .enum(["CERT_REQUIRED", "CERT_OPTIONAL", "CERT_NONE", "required", "optional", "none"], {
        error: "an object whose cert_reqs is CERT_REQUIRED, CERT_OPTIONAL or CERT_NONE",
      })
      .nullish(),
    check_hostname: z.boolean({ error: "an object whose check_hostname is true or false" }).nullish(),
  },
  { error: 'an object such as {"ca_certs": "/etc/ssl/ca.pem"}' },
);

const schema = z.object({ ssl: ssl.optional() });

/** What a RabbitMQ broker takes from the options. */
export interface AmqpOptions {
  /** null is "not said". */
  readonly tls: TlsSettings | null;
}

/**
 * Parses the options of a RabbitMQ broker: `ssl` as Celery's `broker_use_ssl`. Those that we have no use for are ignored,
 * null means "not set". Throws AppError `unprocessable` that names each option of a wrong type and what it takes.
 */
export function parseAmqpOptions(options: Readonly<Record<string, unknown>>): AmqpOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `"${issue.path.join(".")}" takes ${issue.message}`);
    throw new AppError("unprocessable", `CELERIAC_BROKER_OPTIONS: ${[...new Set(problems)].join("; ")}`);
  }
  const { ssl: tls } = parsed.data;
  return { tls: tls === undefined ? null : toTlsSettings(tls) };
}

function toTlsSettings(options: z.infer<typeof ssl>): TlsSettings {
  if ((options.certfile == null) !== (options.keyfile == null)) {
    throw new AppError("unprocessable", 'CELERIAC_BROKER_OPTIONS: "ssl" needs certfile and keyfile together');
  }
  const verifyCertificate = options.cert_reqs !== "CERT_NONE" && options.cert_reqs !== "none";
  return {
    verifyCertificate,
    checkHostname: verifyCertificate && options.check_hostname !== false,
    caFile: options.ca_certs ?? null,
    certificateFile: options.certfile ?? null,
    keyFile: options.keyfile ?? null,
    keyPassword: options.password ?? null,
  };
}
