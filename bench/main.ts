// npm run bench: everything, or the parts that are named, such as `npm run bench -- redispatch --tasks 20000`.
import { parseArgs } from "node:util";
import { type MeasuredPart, writeFigures } from "./figures";
import { HISTORY_DATABASES, measureHistory } from "./history/measure-history";
import { measureIngest } from "./ingest/measure-ingest";
import { describeMachine } from "./machine-facts";
import { measurePreview } from "./preview/measure-preview";
import { measureRedispatch } from "./redispatch/measure-redispatch";
import { writeBenchmarks } from "./write-benchmarks";

/** What the command line says; each part takes its own, and by default measures as many as its goals speak of. */
interface Options {
  readonly tasks: number | undefined;
  readonly rows: number | undefined;
  readonly databases: readonly string[] | undefined;
}

type Part = (options: Options) => Promise<MeasuredPart>;

const PARTS: Record<string, Part> = {
  redispatch: measureRedispatch,
  preview: measurePreview,
  history: measureHistory,
  ingest: measureIngest,
};

const USAGE = `npm run bench [-- PART… --tasks N --rows N --database NAME…]: parts are ${Object.keys(PARTS).join(", ")}; N is how many tasks
(redispatch, preview) or rows (history) there are; databases of history are ${HISTORY_DATABASES.join(", ")}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: "string" },
    rows: { type: "string" },
    database: { type: "string", multiple: true },
  },
});
const counts = [values.tasks, values.rows].map((text) => (text === undefined ? undefined : Number(text)));
const [tasks, rows] = counts;
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
const isTry = [tasks, rows, databases].some((option) => option !== undefined);
process.stdout.write(`${machine}\n`);
for (const [name, measure] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const part = await measure({ tasks, rows, databases });
  if (!isTry) writeBenchmarks(name, part, machine);
  const { title, method, figures } = part;
  process.stdout.write(`\n${title}\n${method}\n\n${writeFigures(figures)}\n`);
}
