"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { type PythonTraceback, parsePythonTraceback } from "@/lib/celery/traceback/parse-python-traceback";
import { groupFrames } from "./group-frames";
import { FoldedFrames, OwnFrame } from "./traceback-frames";

/** A Python traceback: the exception that ended the task first, library frames folded; the text itself on request. */
export function TracebackView({ text }: { text: string }) {
  const [isRaw, setRaw] = useState(false);
  const { exceptions } = useMemo(() => parsePythonTraceback(text), [text]);
  const hasFrames = exceptions.some((exception) => exception.frames.length > 0);
  const newestFirst = exceptions.toReversed();
  return (
    <section aria-label="Traceback">
      <header className="flex h-10 items-center gap-1 pr-2 pl-4">
        <h3 className="font-semibold text-sm">Traceback</h3>
        <span className="ml-auto" />
        {hasFrames ? (
          <Button variant="ghost" size="small" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            {isRaw ? "Readable" : "Raw"}
          </Button>
        ) : null}
        <CopyButton text={text} what="traceback" />
      </header>
      {isRaw || !hasFrames ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus (WCAG 2.1.1).
        <pre tabIndex={0} className="max-h-160 overflow-auto px-4 pb-3 font-mono text-xs leading-5">
          {text}
        </pre>
      ) : (
        <ol className="flex flex-col pb-3">
          {newestFirst.map((exception, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: exceptions have no identity and never move.
            <li key={index}>
              <Exception
                exception={exception}
                laterLink={newestFirst[index - 1]?.link ?? null}
                isLast={index === 0}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

type TracebackException = PythonTraceback["exceptions"][number];

interface ExceptionProps {
  exception: TracebackException;
  /** How the exception shown above it came of this one. */
  laterLink: TracebackException["link"];
  /** What the task failed with; those before it are told below. */
  isLast: boolean;
}

function Exception({ exception, laterLink, isLast }: ExceptionProps) {
  return (
    <>
      {isLast ? null : (
        <p className="mx-4 mt-4 border-t pt-3 text-ink-muted text-xs">{describeLink(laterLink)}</p>
      )}
      <p className="break-words px-4 py-1 font-mono text-xs leading-5">
        {exception.type === null ? null : (
          <strong className="font-semibold text-red">{exception.type}</strong>
        )}
        {exception.type !== null && exception.message !== "" ? ": " : null}
        <span className="whitespace-pre-wrap">{exception.message}</span>
      </p>
      <ol className="flex flex-col">
        {groupFrames(exception.frames).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: frames have no identity and never move.
          <li key={index}>
            {group.isLibrary ? <FoldedFrames frames={group.frames} /> : <OwnFrames frames={group.frames} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function OwnFrames({ frames }: { frames: TracebackException["frames"] }) {
  return frames.map((frame, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: frames have no identity and never move.
    <OwnFrame key={index} frame={frame} />
  ));
}

function describeLink(link: TracebackException["link"]): string {
  if (link === "cause") return "It was raised because of";
  return link === "context" ? "It was raised while this was being handled" : "Before it";
}
