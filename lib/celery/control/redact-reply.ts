import { isWireArray, isWireObject, type WireObject, type WireValue } from "../wire-value";

const MASK = "********";
/** Keys of settings, transport options and headers whose value nobody may see, whatever its type. */
const SECRET_KEY =
  /pass(?:word|wd|phrase)?$|secret|token|api_?key|private_?key|access_?key|credential|signature|^key$/i;
/** As a URL's own parameters are named. */
const SECRET_PARAMETER = /([?&;][^=&;\s]*(?:pass|secret|token|key|credential)[^=&;\s]*=)[^&;\s'"]*/gi;
/** Greedy up to the last `@`: a password may hold one, unescaped. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)([^\s/@:'"]*)(:?)[^\s'",;]*@/gi;

/**
 * A worker's reply without its secrets: passwords within URLs, wherever they stand, and the values of keys that name a
 * secret. Celery masks most of `conf` itself, but not `stats.broker.alternates` (celery-wire.md C.5).
 */
export function redactReply(value: WireValue): WireValue {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value === "boolean") return value;
  if (isWireArray(value)) return value.map(redactReply);
  return isWireObject(value) ? redactObject(value) : value;
}

function redactObject(object: WireObject): WireObject {
  return new Map(
    Array.from(object, ([key, item]) => [
      redactText(key),
      SECRET_KEY.test(key) && item !== null && item !== "" ? MASK : redactReply(item),
    ]),
  );
}

function redactText(text: string): string {
  return text.replace(USER_INFO, maskUserInfo).replace(SECRET_PARAMETER, `$1${MASK}`);
}

function maskUserInfo(_match: string, scheme: string, user: string, colon: string): string {
  return colon === "" ? `${scheme}${user}@` : `${scheme}${user}:${MASK}@`;
}
