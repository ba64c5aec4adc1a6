/** One line of what was measured: ours, the rival's and how they compare. */
export interface Figure {
  readonly what: string;
  readonly celeriac: string;
  /** What a user would pick instead, and its figure; null where there is no such thing. */
  readonly rival: string | null;
  /** Such as `6.3 ×`; null where there is no rival. */
  readonly ratio: string | null;
  /** What was asked for, and null where nothing was. */
  readonly goal: string | null;
}

/** A part of the benchmarks: a heading, what was done, and its figures. */
export interface MeasuredPart {
  readonly title: string;
  readonly method: string;
  readonly figures: readonly Figure[];
}

const HEADS = ["", "Celeriac", "Instead", "Ratio", "Goal"] as const;

/** The figures as a Markdown table, its columns aligned so that it reads well in a terminal, too. */
export function writeFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, celeriac, rival, ratio, goal }) => [
    ...[what, celeriac, rival ?? "–", ratio ?? "–", goal ?? "–"],
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(HEADS), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** Tasks, events or rows per second, such as `12,300/s`. */
export function writeRate(perSecond: number): string {
  const digits = perSecond < 100 ? 2 : 3;
  return `${Number(perSecond.toPrecision(digits)).toLocaleString("en-US")}/s`;
}

/** How many times as much as, such as `3.1 ×`. */
export function writeRatio(ours: number, theirs: number): string {
  return `${(ours / theirs).toFixed(1)} ×`;
}
