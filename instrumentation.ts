/** Opens store, result table and broker as the web starts, so that the first page finds them ready. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { warmServices } = await import("@/lib/services");
  await warmServices();
}
