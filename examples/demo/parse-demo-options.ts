import { parseArgs } from "node:util";
import { SetupError } from "@/tests/support/setup-error";

/** The brokers that the demo can run on; the first unless said. */
const DEMO_BROKERS = ["redis", "rabbitmq"] as const;
export type DemoBroker = (typeof DEMO_BROKERS)[number];

export interface DemoChoices {
  readonly broker: DemoBroker;
  /** Check the main job over HTTP and end, instead of running until Ctrl-C. */
  readonly once: boolean;
  /** The port of Celeriac that was asked for, or null. */
  readonly port: number | null;
  /** Calls a second of the producer. */
  readonly rate: number;
  readonly seed: number;
}

const DEMO_USAGE = `usage: npm run demo -- [--broker redis|rabbitmq] [--port N] [--rate CALLS_PER_SECOND] [--seed N] [--once]
  --broker  what Celery's messages go through (default redis); a private server is started either way
  --port    where Celeriac listens (default 5555, or the next free port)
  --rate    how many calls a second the producer makes (default 3)
  --seed    the same seed makes the same tasks (default 1)
  --once    check tasks, queues, workers and a re-dispatch over HTTP, and end with status 0 or 1`;

/** Throws a SetupError with the usage for what it doesn't know. */
export function parseDemoOptions(argv: readonly string[]): DemoChoices {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        broker: { type: "string", default: "redis" },
        once: { type: "boolean", default: false },
        port: { type: "string" },
        rate: { type: "string", default: "3" },
        seed: { type: "string", default: "1" },
      },
    });
    return {
      broker: parseBroker(values.broker),
      once: values.once,
      port:
        values.port === undefined ? null : parseNumber("--port", values.port, { lowest: 1, highest: 65_535 }),
      rate: parseNumber("--rate", values.rate, { lowest: 0.1, highest: 100 }),
      seed: parseNumber("--seed", values.seed, { lowest: 0, highest: 1_000_000 }),
    };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n${DEMO_USAGE}`);
  }
}

function parseBroker(text: string): DemoBroker {
  const broker = DEMO_BROKERS.find((name) => name === text);
  if (broker !== undefined) return broker;
  throw new Error(`--broker takes ${DEMO_BROKERS.join(" or ")}, not ${text}`);
}

function parseNumber(
  name: string,
  text: string,
  { lowest, highest }: { lowest: number; highest: number },
): number {
  const number = Number(text);
  if (number >= lowest && number <= highest) return number;
  throw new Error(`${name} takes a number from ${lowest} to ${highest}, not ${text}`);
}
