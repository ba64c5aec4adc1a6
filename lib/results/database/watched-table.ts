/** The table that a connection is for: what it must have, and how its absence is told. `Shape` is what it may lack. */
export interface WatchedTable<Shape> {
  /** Our own word, never one from outside. */
  readonly name: string;
  /** How messages call it, at the beginning of a sentence. */
  readonly title: string;
  /** The setting that says where it is. */
  readonly setting: string;
  /** Told when the database has no such table. */
  readonly missing: string;
  /** Told when a column that was there is gone. */
  readonly changed: string;
  /** Throws AppError `results_unavailable` when a column that is needed isn't there. */
  readonly readShape: (columns: ReadonlySet<string>) => Shape;
}
