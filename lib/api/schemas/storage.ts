import { z } from "zod";
import { instantSchema } from "./common";

/** What the store keeps. */
const KEPT_KINDS = [
  "ended-tasks",
  "unfinished-tasks",
  "numbers-by-minute",
  "numbers-by-hour",
  "queue-samples",
  "worker-samples",
  "activity",
  "kept-rows",
  "captured-args",
  "batches",
] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** Exact, or at least `count` of them; `estimate` where the database has one. */
const rowCountSchema = z.object({
  count: z.number().int(),
  exact: z.boolean(),
  estimate: z.number().int().nullable(),
});

const keptKindSchema = z.object({
  kind: z.enum(KEPT_KINDS),
  rows: rowCountSchema,
  /** With indexes; null where the database can't say at once. */
  bytes: z.number().int().nullable(),
  oldestAt: instantSchema.nullable(),
  /** Null: for good. */
  keptSeconds: z.number().int().nullable(),
});

const keptSliceSchema = z.object({
  /** Null of the oldest: it has all that ended before. */
  from: instantSchema.nullable(),
  /** Null of the newest, which has no end yet. */
  until: instantSchema.nullable(),
  /** About. */
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
});

export const storageSchema = z.object({
  provider: z.enum(["sqlite", "postgresql"]),
  usedBytes: z.number().int(),
  /** Above it the oldest slice of the history goes. */
  limitBytes: z.number().int(),
  /** SQLite's file, whose free pages are used again; null on PostgreSQL. */
  fileBytes: z.number().int().nullable(),
  kinds: z.array(keptKindSchema),
  /** The history of ended tasks, the newest slice first. */
  slices: z.array(keptSliceSchema),
  /** When history was last dropped before its age, for its size; null: never. */
  droppedForSizeAt: instantSchema.nullable(),
  /** What ended before this was dropped for its size. */
  droppedForSizeUntil: instantSchema.nullable(),
});
export type Storage = z.infer<typeof storageSchema>;
