/** The `ssl_*` parameters of a broker URL; files are paths on this machine. */
export interface TlsSettings {
  readonly verifyCertificate: boolean;
  readonly checkHostname: boolean;
  readonly caFile: string | null;
  readonly certificateFile: string | null;
  readonly keyFile: string | null;
  readonly keyPassword: string | null;
}
