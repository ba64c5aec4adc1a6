/** Something that we need is not there and could not be installed; the message says what to do. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
