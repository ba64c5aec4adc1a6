const DRIVER = /^db\+(postgresql|mysql)(?:\+[a-z0-9_]+)?:\/\//;
const SQLITE = /^db\+sqlite(?:\+[a-z0-9_]+)?:\/\/\/([^?#]+)/;

/**
 * The URL that our own clients take for a `result_backend` URL of SQLAlchemy's form: `db+postgresql+psycopg2://…`,
 * `db+mysql+pymysql://…`, `db+sqlite:///relative.db` or `db+sqlite:////absolute.db`. null for any other.
 */
export function toDatabaseUrl(url: string): string | null {
  const file = SQLITE.exec(url)?.[1];
  // SQLAlchemy takes the path as it is, a file: URL is percent-decoded.
  if (file !== undefined) return `file:${file.split("/").map(encodeURIComponent).join("/")}`;
  const provider = DRIVER.exec(url)?.[1];
  return provider === undefined ? null : url.replace(DRIVER, `${provider}://`);
}
