import { redactReply } from "@/lib/celery/control/redact-reply";
import { redactText, redactValue } from "@/lib/celery/redact/redact";
import { isWireArray, isWireObject, type WireValue } from "@/lib/celery/wire-value";

/** Keys under which a worker sends a task's arguments as text (`active` with `safe`). */
const ARGUMENT_KEYS = ["args", "kwargs"];

/**
 * A worker's reply as it may be shown: no password within a URL, no setting that is a secret, and no argument whose
 * name is one of `names`, be it sent as a value or as text.
 */
export function hideSecrets(reply: WireValue, names: readonly string[]): WireValue {
  return redactReply(redactValue(hideInTexts(reply, names), names));
}

function hideInTexts(value: WireValue, names: readonly string[]): WireValue {
  if (isWireArray(value)) return value.map((item) => hideInTexts(item, names));
  if (!isWireObject(value)) return value;
  return new Map(
    Array.from(value, ([key, item]) => [
      key,
      ARGUMENT_KEYS.includes(key) && typeof item === "string"
        ? redactText(item, names)
        : hideInTexts(item, names),
    ]),
  );
}
