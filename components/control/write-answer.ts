import type { CommandAnswer, RevokeAnswer } from "@/lib/api/schemas/control";
import { formatCounted } from "@/lib/format/count";

/** A worker's own words, and what one should know beside them. */
export function writeAnswer({ reply, note }: CommandAnswer): string {
  const words = reply ?? "told";
  return note === null ? words : `${words}. ${note}`;
}

/** The answer that says most, by whom, and how many more there were: a cluster may have hundreds of workers. */
export function writeRevokeAnswer({ reply, replies }: RevokeAnswer): string {
  const speaker = replies.find((one) => one.reply === reply);
  const words = speaker === undefined ? reply : `${speaker.hostname}: ${reply}`;
  const others = replies.length - 1;
  return others > 0 ? `${words}. ${formatCounted(others, "more worker")} answered.` : words;
}
