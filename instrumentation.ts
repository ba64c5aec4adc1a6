/** Opens store, result table and broker as the web starts, so that the first page finds them ready. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  // Node's own way (--enable-source-maps) reads the maps of all chunks as it loads them, 100 MB; this one reads a map when a trace
  // has a place in its chunk.
  if (process.env.NODE_ENV === "production") {
    const { install } = await import("source-map-support");
    install({ environment: "node", handleUncaughtExceptions: false });
  }
  const { warmServices } = await import("@/lib/services");
  await warmServices();
}
