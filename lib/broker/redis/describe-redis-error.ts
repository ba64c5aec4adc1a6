import { describeConnectionError, type KnownErrors } from "../describe-connection-error";

const REDIS_ERRORS: KnownErrors = [
  [/^WRONGPASS|^ERR invalid (?:username-)?password/, "the broker refused the user name or the password"],
  [/^NOAUTH/, "the broker wants a password"],
  [/^ERR DB index is out of range/, "the broker has no database of that number"],
  [/^LOADING/, "the broker is loading its data"],
  [/^MISCONF/, "the broker can't save to disk and refuses writes (MISCONF)"],
  [/^OOM/, "the broker's memory is full (OOM)"],
  [/^READONLY/, "the broker is a read-only replica"],
  [/^Command timed out/, "the broker did not answer in time"],
  [/^Socket timeout/, "the broker stopped answering"],
  [/^Connection is closed|^Stream isn't writeable|max retries per request/, "the connection broke"],
];

/** Says in the reader's words why a connection or a call failed. Never shows the arguments of a command. */
export function describeRedisError(error: unknown): string {
  // "unknown command 'X', with args beginning with: …" would show what was sent.
  return describeConnectionError(error, REDIS_ERRORS).replace(/, with args beginning with.*$/s, "");
}
