/**
 * How soon a query follows a change on the server, its `meta.pace`: at once unless it says otherwise; `calm` for what is dear to
 * fetch and nobody reads that fast; `frozen` for what holds still by itself.
 */
export type Pace = "quick" | "calm" | "frozen";

declare module "@tanstack/react-query" {
  interface Register {
    /** So that no query can ask for a pace in a way that nobody reads. */
    queryMeta: { readonly pace?: Pace };
  }
}
