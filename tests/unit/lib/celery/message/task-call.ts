import type { TaskCall } from "@/lib/celery/task-message";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";

/** A valid call, with what must be said and nothing else. */
export const CALL: TaskCall = {
  id: "new-id",
  task: "shop.pay",
  args: [new NumberText("1"), "é"],
  kwargs: new Map([["amount", new NumberText("1.50")]]),
  origin: "celeriac@node",
  argsRepr: "(1, 'é')",
  kwargsRepr: null,
};

/** A value that JSON has no notation for, as kombu writes it. */
export function typed(type: string, value: WireValue): WireValue {
  return new Map([
    ["__type__", type],
    ["__value__", value],
  ]);
}
