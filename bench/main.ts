// npm run bench: everything, or the parts that are named, such as `npm run bench -- redispatch --tasks 20000`.
import { parseArgs } from "node:util";
import { ensureBuild } from "@/examples/demo/ensure-build";
import { type Figure, type MeasuredPart, writeFigures } from "./figures";
import { HISTORY_PARTS } from "./history/measure-history";
import { measureIngest } from "./ingest/measure-ingest";
import { measureLatency } from "./latency/measure-latency";
import { describeMachine } from "./machine-facts";
import { MEMORY_PARTS } from "./memory/measure-memory";
import { measurePreview } from "./preview/measure-preview";
import { measureRedispatch } from "./redispatch/measure-redispatch";
import { writeBenchmarks } from "./write-benchmarks";

/** What the command line says; each part takes its own, and by default measures as many as its goals speak of. */
interface Options {
  readonly tasks: number | undefined;
  readonly rows: number | undefined;
  readonly minutes: number | undefined;
}

type Part = (options: Options) => Promise<MeasuredPart>;

const PARTS: Record<string, Part> = {
  redispatch: measureRedispatch,
  preview: measurePreview,
  ...HISTORY_PARTS,
  ingest: measureIngest,
  latency: measureLatency,
  ...MEMORY_PARTS,
};

const USAGE = `npm run bench [-- PART… --tasks N --rows N --minutes N]: parts are ${Object.keys(PARTS).join(", ")}; "history" and "memory" are
all of theirs; N is how many tasks (redispatch, preview) or rows (history) there are, or how long it is held (memory)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: "string" },
    rows: { type: "string" },
    minutes: { type: "string" },
  },
});
const counts = [values.tasks, values.rows, values.minutes].map((text) =>
  text === undefined ? undefined : Number(text),
);
const [tasks, rows, minutes] = counts;
const isUnderstood =
  positionals.every((one) => Object.keys(PARTS).some((name) => isAsked(name, one))) &&
  counts.every((count) => count === undefined || (Number.isInteger(count) && count > 0));
if (!isUnderstood) {
  process.stderr.write(USAGE);
  process.exit(2);
}

const machine = describeMachine();
/** Smaller than the goals speak of: a try, not for the record. */
const isTry = [tasks, rows, minutes].some((option) => option !== undefined);
process.stdout.write(`${machine}\n`);
// Each part measures what is compiled, or starts a thread that is.
await ensureBuild((line) => void process.stderr.write(`${line}\n`));
const asked = Object.entries(PARTS).filter(
  ([name]) => positionals.length === 0 || positionals.some((one) => isAsked(name, one)),
);
const all: Figure[] = [];
for (const [name, measure] of asked) {
  const part = await measure({ tasks, rows, minutes });
  if (!isTry) writeBenchmarks(name, part, machine);
  const { title, method, figures } = part;
  process.stdout.write(`\n${title}\n${method}\n\n${writeFigures(figures)}\n`);
  all.push(...figures.map((figure) => ({ ...figure, what: `${name}: ${figure.what}` })));
}
if (asked.length > 1) process.stdout.write(`\nAll parts, on ${machine}\n\n${writeFigures(all)}\n`);

function isAsked(name: string, asked: string): boolean {
  return name === asked || name.startsWith(`${asked}-`);
}
