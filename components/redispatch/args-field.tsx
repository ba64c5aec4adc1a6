"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { locatePosition } from "./locate-position";
import type { ArgsPart, WrittenText } from "./read-args-text";
import { TextDiff } from "./text-diff";

interface ArgsFieldProps {
  part: ArgsPart;
  text: string;
  read: WrittenText;
  /** As stored; null where nothing is. */
  stored: string | null;
  onChange: (text: string) => void;
}

const MAX_ROWS = 12;
const CHARS_PER_ROW = 90;

/** An editor of args or kwargs: says at once what can't be read, where, and what differs from the stored text. */
export function ArgsField({ part, text, read, stored, onChange }: ArgsFieldProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const rows = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / CHARS_PER_ROW), 0);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={`edit-${part}`} className="font-medium font-mono text-sm">
          {part}
        </label>
        <span className="text-ink-faint text-xs">
          {part === "args" ? "a list, or a tuple" : "a dict"}, as JSON or Python literal
        </span>
      </div>
      <textarea
        ref={input}
        id={`edit-${part}`}
        rows={Math.min(MAX_ROWS, Math.max(2, rows))}
        spellCheck={false}
        autoCapitalize="none"
        placeholder={part === "args" ? '["order-7", 3]' : '{"force": true}'}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={!read.ok}
        aria-describedby={`edit-${part}-note`}
        className={classNames(
          "w-full resize-y rounded-md border border-line-strong bg-surface px-2.5 py-2 font-mono text-xs leading-5 shadow-raised placeholder:text-ink-faint",
          "aria-invalid:border-red",
        )}
      />
      <div id={`edit-${part}-note`} aria-live="polite">
        {read.ok ? (
          <p className="flex items-center gap-1.5 text-green text-xs">
            <CircleCheck className="size-3.5 shrink-0" aria-hidden />
            Reads as {part === "args" ? "a list" : "a dict"}
          </p>
        ) : (
          <Mistake
            text={text}
            reason={read.reason}
            position={read.position}
            onFind={() => select(input.current, read.position)}
          />
        )}
      </div>
      {stored === null || stored === text ? null : (
        <section
          aria-label={`What changes in ${part}`}
          className="max-h-40 overflow-y-auto rounded-md bg-sunken px-2.5 py-1.5"
        >
          <h4 className="mb-0.5 text-ink-faint text-xs">Changed from what is stored</h4>
          <TextDiff before={stored} after={text} />
        </section>
      )}
    </div>
  );
}

function Mistake({
  text,
  reason,
  position,
  onFind,
}: {
  text: string;
  reason: string;
  position: number;
  onFind: () => void;
}) {
  const place = locatePosition(text, position);
  return (
    <div className="flex flex-col gap-1 text-xs">
      <p className="flex items-start gap-1.5 text-red">
        <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
        <span>
          Line {place.line}, column {place.column}: {reason}{" "}
          <button
            type="button"
            onClick={onFind}
            className="rounded font-medium underline underline-offset-2 hover:no-underline"
          >
            Go there
          </button>
        </span>
      </p>
      {text === "" ? null : (
        <code aria-hidden className="break-all pl-5 font-mono text-ink-muted">
          {place.before}
          <mark className="rounded-xs bg-red-soft text-red underline decoration-wavy underline-offset-2">
            {place.after === "" ? "end" : place.after}
          </mark>
        </code>
      )}
    </div>
  );
}

function select(input: HTMLTextAreaElement | null, position: number): void {
  input?.focus();
  input?.setSelectionRange(position, Math.min(position + 1, input.value.length));
}
