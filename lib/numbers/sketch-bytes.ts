import { type DurationSketch, ZERO_BUCKET } from "./duration-sketch";

const LOW_BITS = 7;
const LOW_MASK = 0x7f;
const MORE = 0x80;

/**
 * A sketch as bytes for the store; null for none, or an empty one. For each bucket in use twice its count, plus one where it
 * is not the very next after the one before, and then how many were left out; as numbers of as many bytes as they need. So
 * a bucket among others takes a single byte, up to a count of 63.
 */
export function writeSketch(sketch: DurationSketch | null): Uint8Array | null {
  if (sketch === null || sketch.count === 0) return null;
  const bytes: number[] = [];
  let next = ZERO_BUCKET;
  for (const [bucket, count] of sketch.listBuckets()) {
    const leftOut = bucket - next;
    pushNumber(bytes, count * 2 + (leftOut > 0 ? 1 : 0));
    if (leftOut > 0) pushNumber(bytes, leftOut);
    next = bucket + 1;
  }
  return Uint8Array.from(bytes);
}

/** Adds to `sketch` what `writeSketch` wrote. */
export function mergeSketchBytes(sketch: DurationSketch, bytes: Uint8Array): void {
  let place = 0;
  const readNumber = () => {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const byte = bytes[place++] ?? 0;
      // Multiplied, not shifted: a count may take more than 32 bits.
      value += (byte & LOW_MASK) * scale;
      if (byte < MORE) return value;
    }
  };
  let bucket = ZERO_BUCKET;
  while (place < bytes.length) {
    const value = readNumber();
    if (value % 2 === 1) bucket += readNumber();
    sketch.add(bucket, Math.floor(value / 2));
    bucket += 1;
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
