import { tokenizeLiteral } from "@/lib/format/literal-tokens";

export interface DiffPiece {
  kind: "same" | "removed" | "added";
  text: string;
}

/** More comparisons than these and the page would stand still: what differs is then shown as one piece. */
const MAX_CELLS = 1_000_000;

/** What differs between two texts of a Python or JSON literal, value by value; the pieces are in reading order. */
export function diffTexts(before: string, after: string): DiffPiece[] {
  const old = cutTokens(before);
  const next = cutTokens(after);
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start++;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end))
    end++;
  return joinPieces([
    ...toPieces("same", old.slice(0, start)),
    ...diffMiddle(old.slice(start, old.length - end), next.slice(start, next.length - end)),
    ...toPieces("same", old.slice(old.length - end)),
  ]);
}

/** Marks one by one: a run of them would differ as a whole. */
function cutTokens(text: string): string[] {
  return tokenizeLiteral(text).flatMap((token) => (token.kind === "plain" ? [...token.text] : [token.text]));
}

/** Longest common subsequence, by the table of its lengths. */
function diffMiddle(old: readonly string[], next: readonly string[]): DiffPiece[] {
  if (old.length * next.length > MAX_CELLS) return [...toPieces("removed", old), ...toPieces("added", next)];
  const width = next.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = next.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[row] === next[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pieces: DiffPiece[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < next.length) {
    if (row < old.length && old[row] === next[column]) {
      pieces.push({ kind: "same", text: old[row] ?? "" });
      row++;
      column++;
    } else if (row < old.length && lengthAt(row + 1, column) >= lengthAt(row, column + 1)) {
      pieces.push({ kind: "removed", text: old[row++] ?? "" });
    } else if (column < next.length) pieces.push({ kind: "added", text: next[column++] ?? "" });
    else pieces.push({ kind: "removed", text: old[row++] ?? "" });
  }
  return pieces;
}

function toPieces(kind: DiffPiece["kind"], tokens: readonly string[]): DiffPiece[] {
  return tokens.map((text) => ({ kind, text }));
}

/** Neighbours of one kind as one; within a run of changes what was removed comes first. */
function joinPieces(pieces: readonly DiffPiece[]): DiffPiece[] {
  const joined: DiffPiece[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed !== "") joined.push({ kind: "removed", text: removed });
    if (added !== "") joined.push({ kind: "added", text: added });
    removed = "";
    added = "";
  };
  for (const { kind, text } of pieces) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      flush();
      const last = joined.at(-1);
      if (last?.kind === "same") last.text += text;
      else joined.push({ kind, text });
    }
  }
  flush();
  return joined;
}
