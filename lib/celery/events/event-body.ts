/**
 * An event message as it came: the bytes of an AMQP message's body, or a virtual transport's envelope, as text or as bytes
 * that nobody has read yet.
 */
export type EventBody = Uint8Array | string | EnvelopeBytes;

/** The bytes of a virtual transport's envelope: a text of them is made when it is its turn, not while more pour in. */
export class EnvelopeBytes {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get length(): number {
    return this.bytes.length;
  }
}
