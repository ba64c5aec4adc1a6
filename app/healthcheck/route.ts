export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response("OK", { headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" } });
}
