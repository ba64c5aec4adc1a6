/**
 * Flags of `node` for a process that holds Prisma clients: nearly all our statements are raw SQL, so that its query compiler,
 * 3 MB of WebAssembly a client, needs no optimising (0.4 s of CPU time and 40 MB a client). Traces name TypeScript's lines.
 */
export const LEAN_NODE = ["--liftoff-only", "--enable-source-maps"] as const;

/** What such a process has in its environment: without it, glibc keeps freed memory in eight places a core. */
export const LEAN_ENVIRONMENT = { MALLOC_ARENA_MAX: "2" } as const;
