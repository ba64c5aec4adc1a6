import type { CommandAnswer } from "@/lib/api/schemas/control";

/** A worker's own words, and what one should know beside them. */
export function writeAnswer({ reply, note }: CommandAnswer): string {
  const words = reply ?? "told";
  return note === null ? words : `${words}. ${note}`;
}
