import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { type MeasuredPart, writeFigures } from "./figures";

const PATH = join(REPOSITORY_ROOT, "docs/benchmarks.md");
const HEAD = `# Benchmarks

Written by \`npm run bench\`, each part when it was last measured in full. What the figures mean, and what holds them, is in
[performance](performance.md).
`;

/** Puts what a part measured into docs/benchmarks.md, in the place of what it measured before. */
export function writeBenchmarks(name: string, part: MeasuredPart, machine: string): void {
  const before = existsSync(PATH) ? readFileSync(PATH, "utf8") : HEAD;
  writeFileSync(PATH, replaceSection(before, name, describe(part, machine)));
}

/** The document with the section of that name replaced, or added at its end. */
export function replaceSection(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->\n`];
  const section = `${begin}${text}${end}`;
  const start = document.indexOf(begin);
  if (start < 0) return `${document}\n${section}`;
  const stop = document.indexOf(end, start);
  return document.slice(0, start) + section + document.slice(stop + end.length);
}

function describe({ title, method, figures }: MeasuredPart, machine: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return `\n## ${title}\n\n${method}\n\n${day}; ${machine}\n\n${writeFigures(figures)}\n\n`;
}
