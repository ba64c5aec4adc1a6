import type { Logger } from "pino";
import { describeError } from "./error-response";

/** Whether the asker takes an answer line by line. */
export function acceptsJsonLines(request: Request): boolean {
  return (request.headers.get("accept") ?? "").includes(JSON_LINES);
}

const JSON_LINES = "application/x-ndjson";

/** Writes one line of the answer. */
export type SendLine = (line: object) => void;

/**
 * An answer that is sent while it is made: a line of JSON for each `send`. What `make` throws becomes a last line, the
 * contract's error. `signal` aborts when the reader leaves.
 */
export function jsonLines(
  request: Request,
  logger: Logger,
  make: (send: SendLine, signal: AbortSignal) => Promise<void>,
): Response {
  const leaving = new AbortController();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send: SendLine = (line) => {
        if (!leaving.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await make(send, AbortSignal.any([leaving.signal, request.signal]));
      } catch (error) {
        // Whoever left reads no error.
        if (leaving.signal.aborted || request.signal.aborted) return;
        send({ error: describeError(error, logger) });
      }
      if (!leaving.signal.aborted) controller.close();
    },
    cancel: () => leaving.abort(),
  });
  return new Response(stream, {
    headers: { "Content-Type": JSON_LINES, "Cache-Control": "no-store", "X-Accel-Buffering": "no" },
  });
}
