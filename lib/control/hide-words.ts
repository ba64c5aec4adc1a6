import { redactReply } from "@/lib/celery/control/redact-reply";
import { redactText } from "@/lib/celery/redact/redact";

/** A worker's words as they may be shown and kept: no password within a URL, no value of the names in `redact`. */
export function hideWords(words: string, redact: readonly string[]): string {
  return String(redactReply(redactText(words, redact)));
}
