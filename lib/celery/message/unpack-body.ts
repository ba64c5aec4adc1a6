import { inflateSync } from "node:zlib";
import { parseWireJson } from "../json/parse-wire-json";
import type { ReadResult } from "../text-failure";
import type { WireValue } from "../wire-value";

/** Far above any sane task; stops a message that inflates to gigabytes. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** Celery calls it gzip and writes zlib (celery-wire.md A.7). */
const ZLIB = "application/x-gzip";

/** How a message's body was written: its `compression` header and the properties for content. */
export interface BodyEncoding {
  readonly compression: WireValue;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
}

/**
 * Reads a message's body as JSON, inflated first where that is needed. Not ok, with the reason, for other serialisers
 * and compressions, for what is not UTF-8 and for what would inflate to more than 64 MiB. Never throws.
 */
export function unpackBody(body: Uint8Array, encoding: BodyEncoding): ReadResult<WireValue> {
  const { compression, contentType, contentEncoding } = encoding;
  if (contentType !== null && contentType !== "application/json") {
    return failed(`content type ${contentType} is not supported`);
  }
  if (contentEncoding !== null && !/^(?:utf-?8|us-ascii|ascii)$/i.test(contentEncoding)) {
    return failed(`content encoding ${contentEncoding} is not supported`);
  }
  if (compression !== null && compression !== ZLIB) {
    return failed(
      `compression ${typeof compression === "string" ? compression : "of that kind"} is not supported`,
    );
  }
  const bytes = compression === null ? body : inflate(body);
  if (bytes === null) return failed("the compressed body is damaged or too large");
  const text = decodeUtf8(bytes);
  return text === null ? failed("the body is not UTF-8") : parseWireJson(text);
}

function failed(reason: string): ReadResult<WireValue> {
  return { ok: false, reason, position: 0 };
}

function inflate(body: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(body, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch {
    return null;
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
