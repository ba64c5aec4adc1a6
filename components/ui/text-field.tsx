import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** The look of a text input. */
export const INPUT_CLASS =
  "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-faint " +
  "shadow-raised aria-invalid:border-red disabled:opacity-50";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  /** Under the field; `error` takes its place. */
  hint?: string;
  error?: string | undefined;
}

/** A labelled line of text. */
export function TextField({ label, hint, error, className, id, ...props }: TextFieldProps) {
  const inputId = id ?? `field-${label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
  const note = error ?? hint;
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={inputId} className="font-medium text-ink-muted text-xs">
        {label}
      </label>
      <input
        {...props}
        id={inputId}
        className={INPUT_CLASS}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${inputId}-note`}
      />
      {note === undefined ? null : (
        <p
          id={`${inputId}-note`}
          className={classNames("text-xs", error === undefined ? "text-ink-faint" : "text-red")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
