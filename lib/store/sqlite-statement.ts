/** A statement for the thread of SQLite, as Prisma's adapter gives it. */
export interface SqliteRequest {
  readonly number: number;
  readonly statement: { readonly sql: string; readonly args: SqliteValue[] };
  /** Whether to try again while another process holds the lock: not within a transaction, which has it. */
  readonly waitsForLock: boolean;
}

type SqliteValue = string | number | bigint | ArrayBuffer | null;

/** What came of it: either of both. */
export interface SqliteAnswer {
  readonly number: number;
  readonly result?: SqliteResult;
  readonly error?: { readonly code: string; readonly rawCode?: number; readonly message: string };
}

export interface SqliteResult {
  readonly columns: readonly string[];
  readonly columnTypes: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly rowsAffected: number;
}
