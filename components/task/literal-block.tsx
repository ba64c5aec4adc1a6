"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/lib/format/bytes";
import { indentLiteral } from "@/lib/format/indent-literal";
import { type LiteralToken, tokenizeLiteral } from "@/lib/format/literal-tokens";

/** More than this is shown on demand only: a page of a megabyte of text is slow and read by nobody. */
const SHOWN_CHARS = 8_000;
/** Colour is for what is read by eye. */
const COLOURED_CHARS = 40_000;

const COLORS: Record<LiteralToken["kind"], string | undefined> = {
  string: "text-code-string",
  number: "text-code-number",
  keyword: "text-code-keyword",
  plain: undefined,
};

interface LiteralBlockProps {
  title: string;
  /** A Python or JSON literal as stored. */
  text: string;
  className?: string;
}

/** A stored value: readable by default, as stored on request, and copied as stored always. */
export function LiteralBlock({ title, text, className }: LiteralBlockProps) {
  const [isRaw, setRaw] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const readable = useMemo(() => indentLiteral(text), [text]);
  const whole = isRaw ? text : readable;
  const shown = isWhole ? whole : whole.slice(0, SHOWN_CHARS);
  return (
    <section className={className}>
      <header className="flex h-10 items-center gap-1 pr-2 pl-4">
        <h3 className="font-semibold text-sm">{title}</h3>
        <span className="ml-auto" />
        {readable === text ? null : (
          <Button variant="ghost" size="small" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            {isRaw ? "Readable" : "Raw"}
          </Button>
        )}
        <CopyButton text={text} what={title.toLowerCase()} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus (WCAG 2.1.1). */}
      <section aria-label={title} tabIndex={0} className="max-h-128 overflow-auto px-4 pb-3">
        <pre
          className={classNames(
            "font-mono text-xs leading-5",
            isRaw ? "whitespace-pre-wrap break-all" : "whitespace-pre-wrap break-words",
          )}
        >
          {shown.length > COLOURED_CHARS ? shown : <Coloured text={shown} />}
        </pre>
        {shown.length < whole.length ? (
          <Button size="small" className="mt-2" onClick={() => setWhole(true)}>
            Show all {formatBytes(whole.length)}
          </Button>
        ) : null}
      </section>
    </section>
  );
}

function Coloured({ text }: { text: string }) {
  return tokenizeLiteral(text).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text never move among themselves.
    <span key={index} className={COLORS[token.kind]}>
      {token.text}
    </span>
  ));
}
