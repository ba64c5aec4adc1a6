import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { readWrittenLiteral } from "@/lib/celery/literal/read-written-literal";
import { holdsHiddenValue } from "@/lib/celery/redact/holds-hidden-value";
import { holdsTypedValue } from "@/lib/celery/typed-value";
import { isWireArray, isWireObject, type WireValue } from "@/lib/celery/wire-value";

export const ARGS_PARTS = ["args", "kwargs"] as const;
export type ArgsPart = (typeof ARGS_PARTS)[number];

/** What a person's text of args or kwargs, or of one value, comes to. */
export type WrittenText =
  | {
      readonly ok: true;
      /** As it is sent. */
      readonly json: string;
      /** Holds Decimals, dates and the like, which workers before Celery 5.3 don't read. */
      readonly isTyped: boolean;
      /** A string in it ends in `...`, as Celery ends what it cuts. */
      readonly mayBeCut: boolean;
    }
  | { readonly ok: false; readonly reason: string; readonly position: number };

/** Reads JSON or a Python literal and says whether it can be sent as `part`; any value where none is named. */
export function readArgsText(text: string, part?: ArgsPart): WrittenText {
  const read = readWrittenLiteral(text);
  if (!read.ok) return read;
  const { value } = read;
  const start = text.length - text.trimStart().length;
  if (part === "args" && !isWireArray(value)) return fail('takes a list, such as ["order-7", 3]', start);
  if (part === "kwargs" && !isWireObject(value)) return fail('takes a dict, such as {"force": true}', start);
  // The look is for values of keys, so that a lone value counts, too.
  if (holdsHiddenValue(new Map([["value", value]]))) {
    return fail("*** only stands for a hidden value: write the value", Math.max(0, text.indexOf("***")));
  }
  return {
    ok: true,
    json: writeWireJson(value),
    isTyped: holdsTypedValue(value),
    mayBeCut: holdsCutText(value),
  };
}

function fail(reason: string, position: number): WrittenText {
  return { ok: false, reason, position };
}

function holdsCutText(value: WireValue): boolean {
  if (typeof value === "string") return value.endsWith("...");
  if (isWireArray(value)) return value.some(holdsCutText);
  return isWireObject(value) && [...value.values()].some(holdsCutText);
}
