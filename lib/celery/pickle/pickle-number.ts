import { NumberText } from "../wire-value";

/** A JSON number text that Python reads as a float again: `1.0`, not `1`. */
export function writePythonFloat(value: number): NumberText {
  if (!Number.isFinite(value)) return new NumberText(String(value));
  const text = Object.is(value, -0) ? "-0" : String(value);
  return new NumberText(/^-?[0-9]+$/.test(text) ? `${text}.0` : text);
}

/** An integer from its little-endian two's complement bytes, of which none is zero. */
export function readLong(bytes: Uint8Array): NumberText {
  let hex = "";
  for (const byte of bytes) hex = byte.toString(16).padStart(2, "0") + hex;
  return new NumberText(BigInt.asIntN(8 * bytes.length, BigInt(`0x0${hex}`)).toString());
}
