// npm run bench: everything, or the parts that are named, such as `npm run bench -- redispatch --tasks 20000`.
import { parseArgs } from "node:util";
import { type MeasuredPart, writeFigures } from "./figures";
import { HISTORY_DATABASES, measureHistory } from "./history/measure-history";
import { measureIngest } from "./ingest/measure-ingest";
import { measureLatency } from "./latency/measure-latency";
import { describeMachine } from "./machine-facts";
import { measureMemory } from "./memory/measure-memory";
import { measurePreview } from "./preview/measure-preview";
import { measureRedispatch } from "./redispatch/measure-redispatch";
import { writeBenchmarks } from "./write-benchmarks";

/** What the command line says; each part takes its own, and by default measures as many as its goals speak of. */
interface Options {
  readonly tasks: number | undefined;
  readonly rows: number | undefined;
  readonly databases: readonly string[] | undefined;
  readonly minutes: number | undefined;
}

type Part = (options: Options) => Promise<MeasuredPart>;

const PARTS: Record<string, Part> = {
  redispatch: measureRedispatch,
  preview: measurePreview,
  history: measureHistory,
  ingest: measureIngest,
  latency: measureLatency,
  memory: measureMemory,
};

const USAGE = `npm run bench [-- PART… --tasks N --rows N --minutes N --database NAME…]: parts are ${Object.keys(PARTS).join(", ")};
N is how many tasks (redispatch, preview) or rows (history) there are, or how long it is held (memory); databases of history are
${HISTORY_DATABASES.join(", ")}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: "string" },
    rows: { type: "string" },
    minutes: { type: "string" },
    database: { type: "string", multiple: true },
  },
});
const counts = [values.tasks, values.rows, values.minutes].map((text) =>
  text === undefined ? undefined : Number(text),
);
const [tasks, rows, minutes] = counts;
const databases = values.database;
const isUnderstood =
  positionals.every((name) => name in PARTS) &&
  counts.every((count) => count === undefined || (Number.isInteger(count) && count > 0)) &&
  (databases ?? []).every((name) => HISTORY_DATABASES.includes(name));
if (!isUnderstood) {
  process.stderr.write(USAGE);
  process.exit(2);
}

const machine = describeMachine();
/** Smaller than the goals speak of, or in part: a try, not for the record. */
const isTry = [tasks, rows, databases, minutes].some((option) => option !== undefined);
process.stdout.write(`${machine}\n`);
for (const [name, measure] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const part = await measure({ tasks, rows, databases, minutes });
  if (!isTry) writeBenchmarks(name, part, machine);
  const { title, method, figures } = part;
  process.stdout.write(`\n${title}\n${method}\n\n${writeFigures(figures)}\n`);
}
