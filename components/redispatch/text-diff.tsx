import { classNames } from "@/components/ui/class-names";
import { type DiffPiece, diffTexts } from "./diff-texts";

/** Of what stays the same so much is shown around a change. */
const CONTEXT_CHARS = 60;

const LOOKS = {
  removed: "rounded-xs bg-red-soft text-red line-through decoration-red/50",
  added: "rounded-xs bg-green-soft text-green no-underline",
} as const;

/** Two texts as one, with what goes struck out and what comes in its place. */
export function TextDiff({
  before,
  after,
  className,
}: {
  before: string;
  after: string;
  className?: string;
}) {
  const pieces = diffTexts(before, after);
  return (
    <code className={classNames("whitespace-pre-wrap break-all font-mono text-xs leading-5", className)}>
      {pieces.map((piece, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one difference never move among themselves.
          key={index}
          piece={piece}
          isFirst={index === 0}
          isLast={index === pieces.length - 1}
        />
      ))}
    </code>
  );
}

function Piece({ piece, isFirst, isLast }: { piece: DiffPiece; isFirst: boolean; isLast: boolean }) {
  const { kind, text } = piece;
  if (kind === "removed") return <del className={LOOKS.removed}>{text}</del>;
  if (kind === "added") return <ins className={LOOKS.added}>{text}</ins>;
  const head = isFirst ? 0 : CONTEXT_CHARS;
  const tail = isLast ? 0 : CONTEXT_CHARS;
  if (text.length <= head + tail + CONTEXT_CHARS) return text;
  return (
    <>
      {text.slice(0, head)}
      <span className="text-ink-faint"> … </span>
      {tail === 0 ? null : text.slice(-tail)}
    </>
  );
}
