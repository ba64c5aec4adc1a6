import type { Preview } from "@/lib/api/schemas/redispatches";
import type { SendLine } from "@/lib/http/json-lines";
import type { PreviewWatch } from "@/lib/redispatch/create-preview";

const EVERY_MS = 150;
/** A reader takes a longer silence for a dead server, and a first chunk may take long to find. */
const SILENCE_MS = 5_000;

/** Sends how far a preview is while it is made, a few times a second, and then the preview. */
export async function streamPreview(
  send: SendLine,
  signal: AbortSignal,
  make: (watch: PreviewWatch) => Promise<Preview>,
): Promise<void> {
  let progress = { total: 0, ready: 0 };
  let sentAt = Number.NEGATIVE_INFINITY;
  const report = () => {
    send({ progress });
    sentAt = performance.now();
  };
  const timer = setInterval(report, SILENCE_MS);
  try {
    const preview = await make({
      signal,
      onProgress: ({ total, ready }) => {
        progress = { total, ready };
        if (performance.now() - sentAt >= EVERY_MS) report();
      },
    });
    send({ preview });
  } finally {
    clearInterval(timer);
  }
}
