/** Who makes a request: written beside everything that the person does. */
export interface Actor {
  readonly name: string;
  /** How the person proved it; `open` is a loopback server without a password. */
  readonly by: "session" | "basic" | "open";
}
