"use client";

import { Search } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { INPUT_CLASS } from "@/components/ui/text-field";

const SETTLE_MS = 350;
const SHORTEST = 3;

interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** A task id, or text in args, kwargs, result or exception; asks once typing has settled. */
export function SearchField({ value, onChange, inputRef }: SearchFieldProps) {
  const [draft, setDraft] = useState(value);
  const [shown, setShown] = useState(value);
  // Back and forward change the address, and with it what the field must show.
  if (shown !== value) {
    setShown(value);
    setDraft(value);
  }
  const isTooShort = draft.length > 0 && draft.length < SHORTEST;
  useEffect(() => {
    if (draft === value || isTooShort) return;
    const timer = setTimeout(() => onChange(draft), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft, value, isTooShort, onChange]);
  return (
    <div className="relative w-72 max-sm:w-full">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" aria-hidden />
      <input
        ref={inputRef}
        type="search"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        placeholder="Search id, args, result, exception"
        aria-label="Search a task id, args, kwargs, result and exception"
        aria-describedby={isTooShort ? "search-note" : undefined}
        className={classNames(INPUT_CLASS, "pr-8 pl-8")}
      />
      <span className="pointer-events-none absolute top-1.5 right-1.5 max-sm:hidden" aria-hidden>
        {draft === "" ? <Kbd>/</Kbd> : null}
      </span>
      {isTooShort ? (
        <p
          id="search-note"
          className="absolute top-full z-20 mt-1 rounded bg-ink px-2 py-0.5 text-ink-inverse text-xs"
        >
          Takes at least {SHORTEST} characters
        </p>
      ) : null}
    </div>
  );
}
