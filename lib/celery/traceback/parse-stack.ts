export interface TracebackFrame {
  readonly file: string;
  readonly line: number;
  /** Null for the place of a syntax error. */
  readonly function: string | null;
  /** The source line or lines, their common indent removed; null when Python could not read the file. */
  readonly code: string | null;
  /** Whether the file belongs to Python or an installed package rather than to the user's project. */
  readonly isLibrary: boolean;
  /** How many times more the same frame came, as recursion makes it. */
  readonly repeats: number;
}

/** Parses the indented lines of one traceback. Lines of no known form are left out. */
export function parseStack(lines: readonly string[]): readonly TracebackFrame[] {
  const frames: TracebackFrame[] = [];
  let code: string[] = [];
  const finish = () => {
    const frame = code.length > 0 ? frames.pop() : undefined;
    if (frame !== undefined) frames.push({ ...frame, code: joinCode(code) });
    code = [];
  };
  for (const line of lines) {
    const frame = readFrame(line);
    const repeats = REPEATED.exec(line)?.[1];
    if (frame !== null) {
      finish();
      frames.push(frame);
    } else if (repeats !== undefined) {
      finish();
      repeatLast(frames, Number(repeats));
    } else if (line.startsWith(CODE_INDENT) && !UNDERLINE.test(line)) code.push(line);
  }
  finish();
  return frames;
}

const FRAME = /^ {2}File "(.*)", line ([0-9]+)(?:, in (.*))?$/;
const REPEATED = /^ {2}\[Previous line repeated ([0-9]+) more times?\]$/;
const CODE_INDENT = "    ";
/** Python ≥ 3.11 marks the failing expression under the line. */
const UNDERLINE = /^[ ~^]+$/;
const LIBRARY =
  /[\\/](?:site-packages|dist-packages)[\\/]|[\\/]lib(?:64)?[\\/]python[0-9][^\\/]*[\\/]|[\\/]python[0-9.]*[\\/]lib[\\/]|^<frozen /i;

function readFrame(line: string): TracebackFrame | null {
  const match = FRAME.exec(line);
  if (match === null) return null;
  const [, file = "", number = "", name = null] = match;
  return {
    file,
    line: Number(number),
    function: name,
    code: null,
    isLibrary: LIBRARY.test(file),
    repeats: 0,
  };
}

function repeatLast(frames: TracebackFrame[], repeats: number): void {
  const last = frames.pop();
  if (last !== undefined) frames.push({ ...last, repeats });
}

function joinCode(lines: readonly string[]): string {
  const indents = lines.map((line) => line.length - line.trimStart().length);
  // A loop, not Math.min(...): there may be more lines than arguments are allowed.
  const indent = indents.reduce((least, each) => Math.min(least, each));
  return lines.map((line) => line.slice(indent).trimEnd()).join("\n");
}
