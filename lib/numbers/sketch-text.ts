import { type DurationSketch, ZERO_BUCKET } from "./duration-sketch";

const LOW_BITS = 7;
const LOW_MASK = 0x7f;
const MORE = 0x80;

/**
 * A sketch as text for the store, base64 without padding: for each bucket in use how far it is from the one before it, and its
 * count, as numbers of as many bytes as they need. null for none, or an empty one.
 */
export function writeSketch(sketch: DurationSketch | null): string | null {
  if (sketch === null || sketch.count === 0) return null;
  const bytes: number[] = [];
  let last = ZERO_BUCKET;
  for (const [bucket, count] of sketch.listBuckets()) {
    pushNumber(bytes, bucket - last);
    pushNumber(bytes, count);
    last = bucket;
  }
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}

/** Adds to `sketch` what `writeSketch` wrote. */
export function mergeSketchText(sketch: DurationSketch, text: string): void {
  const bytes = Buffer.from(text, "base64");
  let place = 0;
  const next = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[place++] ?? 0;
      // Multiplied, not shifted: a count may take more than 32 bits.
      value += (byte & LOW_MASK) * scale;
      if (byte < MORE) return value;
      scale *= MORE;
    }
  };
  let bucket = ZERO_BUCKET;
  while (place < bytes.length) {
    bucket += next();
    sketch.add(bucket, next());
  }
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= MORE) {
    bytes.push((rest % MORE) | MORE);
    rest = Math.floor(rest / 2 ** LOW_BITS);
  }
  bytes.push(rest);
}
