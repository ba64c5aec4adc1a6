import fc from "fast-check";
import type { TaskCall } from "@/lib/celery/task-message";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";
import { CALL, typed } from "./task-call";

const number = fc
  .oneof(
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.constantFrom("1.0", "NaN", "-Infinity", "1e400"),
  )
  .map((text) => new NumberText(text.replace(/^(-?)Infinity$/, "$1Infinity")));
const wireValue = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.string({ unit: "binary" }),
    number,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(fc.string(), tie("value")), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
})).value;
const wireObject = fc
  .array(fc.tuple(fc.string(), wireValue), { maxLength: 4 })
  .map((entries) => new Map(entries));
const name = fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(..."abzAZ09_.:-é€😀") });
const time = fc.date({ min: new Date(0), max: new Date(Date.UTC(9998, 11, 31)), noInvalidDate: true });

/** Calls of every shape that is allowed. */
export const validCall: fc.Arbitrary<TaskCall> = fc.record(
  {
    id: name,
    task: name,
    args: fc.array(wireValue, { maxLength: 4 }),
    kwargs: wireObject,
    origin: name,
    argsRepr: fc.option(name),
    kwargsRepr: fc.option(name),
    rootId: name,
    parentId: fc.option(name),
    eta: fc.option(time),
    expires: fc.option(time),
    priority: fc.integer({ min: 0, max: 9 }),
    headers: fc.constant({ redispatched_from: "old" }),
  },
  { requiredKeys: ["id", "task", "args", "kwargs", "origin", "argsRepr", "kwargsRepr"] },
);

/** A valid call with one to three fields replaced by anything at all. */
export const hostileCall = fc
  .tuple(
    validCall,
    fc.dictionary(
      fc.constantFrom(...Object.keys(CALL), "rootId", "eta", "expires", "priority", "headers"),
      hostileValue(),
      {
        minKeys: 1,
        maxKeys: 3,
      },
    ),
  )
  // Hostile on purpose: the compiler would not let it pass.
  .map(([call, change]) => ({ ...call, ...change }) as TaskCall);

function hostileValue(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.anything({
      withMap: true,
      withDate: true,
      withBigInt: true,
      withSparseArray: true,
      withNullPrototype: true,
    }),
    fc.array(
      fc.oneof(wireValue, fc.anything(), fc.constantFrom(typed("x", null), typed("date", "2024-13-01"))),
    ),
    fc.array(fc.tuple(fc.string(), fc.oneof(wireValue, fc.anything()))).map((entries) => new Map(entries)),
    fc.dictionary(
      fc.constantFrom("id", "timelimit", "eta", "task", "stamps", "who"),
      fc.oneof(fc.string(), fc.anything()),
    ),
    fc.string({ unit: "binary" }),
  );
}
