// npm run bench: everything, or the parts that are named, such as `npm run bench -- redispatch --tasks 20000`.
import { parseArgs } from "node:util";
import { type MeasuredPart, writeFigures } from "./figures";
import { describeMachine } from "./machine-facts";
import { measurePreview } from "./preview/measure-preview";
import { measureRedispatch } from "./redispatch/measure-redispatch";

/** A part measures and says what it found; `tasks` is how many, by default as many as its goals speak of. */
type Part = (options: { readonly tasks: number | undefined }) => Promise<MeasuredPart>;

const PARTS: Record<string, Part> = { redispatch: measureRedispatch, preview: measurePreview };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tasks: { type: "string" } },
});
const unknown = positionals.filter((name) => !(name in PARTS));
const tasks = values.tasks === undefined ? undefined : Number(values.tasks);
if (unknown.length > 0 || (tasks !== undefined && !(Number.isInteger(tasks) && tasks > 0))) {
  process.stderr.write(
    `npm run bench [-- PART… --tasks N]: parts are ${Object.keys(PARTS).join(", ")}; N is a number of tasks\n`,
  );
  process.exit(2);
}

process.stdout.write(`${describeMachine()}\n`);
for (const [name, measure] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { title, method, figures } = await measure({ tasks });
  process.stdout.write(`\n${title}\n${method}\n\n${writeFigures(figures)}\n`);
}
