"use client";

import { classNames } from "@/components/ui/class-names";
import type { Replacement } from "./use-replacement";

/** Two JSON fields for args and kwargs that can't be taken from the stored task. */
export function ReplacementFields({ replacement }: { replacement: Replacement }) {
  return (
    <section aria-label="Args by hand" className="flex flex-col gap-3 rounded-md border border-dashed p-3">
      <p className="text-ink-muted text-sm">
        Supply the args as JSON to send this task all the same. Numbers are sent exactly as written.
      </p>
      <JsonField
        label="args"
        placeholder='["order-7", 3]'
        value={replacement.args}
        error={replacement.errors.args}
        onChange={replacement.setArgs}
      />
      <JsonField
        label="kwargs"
        placeholder="{}"
        value={replacement.kwargs}
        error={replacement.errors.kwargs}
        onChange={replacement.setKwargs}
      />
    </section>
  );
}

interface JsonFieldProps {
  label: string;
  placeholder: string;
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

function JsonField({ label, placeholder, value, error, onChange }: JsonFieldProps) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={`json-${label}`} className="font-medium font-mono text-ink-muted text-xs">
        {label}
      </label>
      <textarea
        id={`json-${label}`}
        rows={2}
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `json-${label}-error`}
        className={classNames(
          "w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-xs placeholder:text-ink-faint",
          "aria-invalid:border-red",
        )}
      />
      {error === undefined ? null : (
        <p id={`json-${label}-error`} className="text-red text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
