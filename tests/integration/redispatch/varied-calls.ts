import type { TestCall } from "@/tests/support/create-test-project";

/** Whether a value survives in the repr that protocol 2 stores, and if not, the reason that must be given. */
type Survival = "ready" | "lossy-args" | "typed-args";

/** A value in Python source, and what must become of a task that holds it. */
interface Value {
  readonly source: string;
  readonly survival: Survival;
  /** Celery 5.2's JSON can't write it. */
  readonly newestOnly?: true;
}

const READY = [
  "1",
  "-7",
  "0",
  "10 ** 30",
  "-(2 ** 63)",
  "9007199254740993",
  "1.0",
  "-0.0",
  "3.141592653589793",
  "1e100",
  "1e-7",
  "float('inf')",
  "float('-inf')",
  "float('nan')",
  "True",
  "False",
  "None",
  "''",
  "' '",
  "'plain'",
  "'h\\u00e9llo \\u6f22\\u5b57 \\u2713 \\U0001f600'",
  "'\\u202e\\u200d\\ufeff'",
  "'it\\'s \"quoted\"'",
  "'back\\\\slash \\\\n \\\\u0041'",
  "'two\\nlines\\tand\\rmore'",
  "'{\"json\": [1, 2]}'",
  "'dots... in the middle'",
  "'x' * 500",
  "[]",
  "{}",
  "()",
  "(1, 2)",
  "[1, 'a', None, [2.5]]",
  "{'a': 1, 'b': [True, None]}",
  "{'nested': {'k': 'v'}}",
  "{1: 'int', None: 'none', True: 'true', 2.5: 'float'}",
  "{'__proto__': 1, 'constructor': 2}",
  "{'with \\'quote\\'': '\\\\'  + 'x'}",
] as const;

const LOSSY = [
  "'x' * 3000",
  "'a ' + 'x' * 2000",
  "'ends in...'",
  "'ends in a backslash \\\\'",
  "'a\\', \\'b'",
  "[[[1]]]",
  "{'a': {'b': {'c': 1}}}",
  "list(range(2000))",
] as const;

const TYPED = [
  "Decimal('12.50')",
  "UUID('0b1f6f2e-6e0f-4b0e-9d5e-1c2d3e4f5a6b')",
  "datetime.datetime(2026, 1, 2, 3, 4, 5, 678)",
  "datetime.date(2026, 2, 28)",
] as const;

const VALUES: readonly Value[] = [
  ...READY.map((source) => ({ source, survival: "ready" as const })),
  ...LOSSY.map((source) => ({ source, survival: "lossy-args" as const })),
  ...TYPED.map((source) => ({ source, survival: "typed-args" as const })),
  { source: "b'raw \\xff'", survival: "lossy-args", newestOnly: true },
  { source: "b'text'", survival: "lossy-args", newestOnly: true },
];

/** A call and what must become of it when it is re-dispatched. */
export interface VariedCall {
  readonly call: TestCall;
  readonly survival: Survival;
  readonly source: string;
}

/** `count` calls of `task` over `queues`, each value in turn as an arg, as a kwarg, and beside others. */
export function makeVariedCalls(
  count: number,
  options: { readonly task: string; readonly queues: readonly string[]; readonly withBytes: boolean },
): readonly VariedCall[] {
  const values = VALUES.filter((value) => options.withBytes || !value.newestOnly);
  return Array.from({ length: count }, (_, index) => {
    const value = values[index % values.length];
    if (value === undefined) throw new Error("there are values");
    const round = Math.floor(index / values.length);
    const { args, kwargs } = placeValue(value.source, index, round);
    const queue = options.queues[index % options.queues.length];
    return {
      call: { task: options.task, args, kwargs, options: { queue } },
      survival: value.survival,
      source: value.source,
    };
  });
}

function placeValue(source: string, index: number, round: number): { args: string; kwargs: string } {
  switch (round % 4) {
    case 0:
      return { args: `(${index}, ${source})`, kwargs: "{}" };
    case 1:
      return { args: "()", kwargs: `{'number': ${index}, 'value': ${source}}` };
    case 2:
      return { args: `(${source},)`, kwargs: `{'\\u00fcml': ${index}}` };
    default:
      return { args: `[${index}, 'first', ${source}, 'last']`, kwargs: `{'value': ${source}, 'x': None}` };
  }
}
