import { isWireObject, type WireValue } from "../wire-value";

const CELERY_NAME = /^[a-z][a-z0-9_]*$/;

/**
 * The reply to `conf` without what is not Celery's. A project of Django's tells all of Django's settings too, in upper
 * case; Celery's own, in lower case, then come only with `with_defaults` (seen on 5.7.0). Null stays null.
 */
export function pickCelerySettings(conf: WireValue): WireValue {
  if (!isWireObject(conf)) return conf;
  return new Map([...conf].filter(([name]) => CELERY_NAME.test(name)));
}
