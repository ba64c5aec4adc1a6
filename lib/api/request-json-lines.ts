import type { z } from "zod";
import { ApiError, openResponse, type RequestOptions, readForm, TIMEOUT_MS, toUnreachable } from "./client";

/**
 * Asks the API as `requestJson` does, for an answer that comes line by line while it is made, and yields each line as
 * `schema` reads it. Gives up when no line comes for TIMEOUT_MS.
 */
export async function* requestJsonLines<Schema extends z.ZodType>(
  path: string,
  options: RequestOptions<Schema>,
): AsyncGenerator<z.output<Schema>, void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), TIMEOUT_MS);
  try {
    const accept = "application/x-ndjson";
    const response = await openResponse(path, { ...options, accept }, silence.signal);
    for await (const line of readLines(response)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), TIMEOUT_MS);
      yield readForm(options.schema, line);
    }
  } catch (cause) {
    if (options.signal?.aborted || cause instanceof ApiError) throw cause;
    throw toUnreachable(cause, silence.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The lines of an answer, parsed; one that is no JSON is undefined, which no schema takes. */
async function* readLines(response: Response): AsyncGenerator<unknown, void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let rest = "";
  try {
    for (;;) {
      const { done, value = "" } = await reader.read();
      const lines = `${rest}${value}`.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line !== "") yield parseLine(line);
      if (done) return;
    }
  } finally {
    // Who stops reading early wants no more of it.
    void reader.cancel().catch(() => {});
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
