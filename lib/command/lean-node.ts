/**
 * Flags of `node` for a process that holds Prisma clients. Nearly all our statements are raw SQL: its query compiler, 3 MB of
 * WebAssembly a client, needs no optimising (0.4 s of CPU time and 40 MB a client). The heap grows by little between two full
 * collections, not fourfold: half of the memory of a big batch for a tenth of its CPU time. The young generation, of which each
 * thread has one, is small: 20 MB less beside many events.
 */
export const LEAN_NODE = ["--liftoff-only", "--heap-growing-percent=45", "--max-semi-space-size=4"] as const;

/** The same for what bin/compile.mjs made: traces name TypeScript's lines. (The web has a way of its own, in instrumentation.ts.) */
export const LEAN_COMPILED = [...LEAN_NODE, "--enable-source-maps"] as const;

/**
 * What such a process has in its environment, for glibc: without it, freed memory is kept in eight places a core, and what is large,
 * such as the rows of a batch on their way to the database, is taken from among the small and leaves holes there: 15 MB.
 */
export const LEAN_ENVIRONMENT = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "262144",
  MALLOC_TRIM_THRESHOLD_: "1048576",
} as const;
