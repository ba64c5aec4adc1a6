/** A program that takes events in, to be measured. */
export interface EventReader {
  readonly name: string;
  /** How many of what it is fed it has taken in; null while it doesn't answer. */
  count(): Promise<number | null>;
  /** MB that its process held at its most, and seconds of CPU time. */
  usage(): { readonly maxRssMb: number; readonly cpuSeconds: number };
  stop(): Promise<void>;
}

/** Starts a reader on a broker; `counts` says what its count is of. */
export interface ReaderKind {
  readonly name: string;
  readonly counts: "events" | "ends";
  start(brokerUrl: string): Promise<EventReader>;
}
