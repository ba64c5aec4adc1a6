import type { z } from "zod";

/** One operation of the HTTP contract, for its description. */
export interface Endpoint {
  readonly method: "get" | "post" | "delete";
  /** Path below /api/v1, with `{name}` for path parameters. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Schema of the good answer; absent when it has no body. */
  readonly answer?: z.ZodType;
  /** Schema of each line for who accepts application/x-ndjson, where an answer takes long. */
  readonly lines?: z.ZodType;
  /** 200 unless said. */
  readonly status?: number;
}
