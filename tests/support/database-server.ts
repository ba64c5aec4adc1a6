/** What everybody may do with a database server; `url` is that of a database which is there from the start. */
export interface DatabaseAccess {
  readonly url: string;
  readonly port: number;
  /** Creates an empty database, with what `options` adds to the statement, and returns its URL. */
  createDatabase(name: string, options?: string): Promise<string>;
}

/** A database server of our own. */
export interface DatabaseServer extends DatabaseAccess {
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>;
}
