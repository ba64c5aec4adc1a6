"use client";

import { Checkbox as Primitive } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface CheckboxProps {
  checked: boolean;
  indeterminate?: boolean;
  isDisabled?: boolean;
  onChange: (checked: boolean, event: Event) => void;
  /** Named by text on screen (`children`) or by `label` alone. */
  label?: string;
  children?: ReactNode;
  className?: string;
}

export function Checkbox({
  checked,
  indeterminate = false,
  isDisabled = false,
  onChange,
  label,
  children,
  className,
}: CheckboxProps) {
  const box = (
    <Primitive.Root
      checked={checked}
      indeterminate={indeterminate}
      disabled={isDisabled}
      onCheckedChange={(next, details) => onChange(next, details.event)}
      aria-label={label}
      className="grid size-4 shrink-0 place-items-center rounded border border-line-strong bg-surface data-checked:border-ink data-indeterminate:border-ink data-checked:bg-ink data-indeterminate:bg-ink data-checked:text-ink-inverse data-indeterminate:text-ink-inverse data-disabled:opacity-40"
    >
      <Primitive.Indicator>
        {indeterminate ? (
          <Minus className="size-3" strokeWidth={3} aria-hidden />
        ) : (
          <Check className="size-3" strokeWidth={3} aria-hidden />
        )}
      </Primitive.Indicator>
    </Primitive.Root>
  );
  if (children === undefined) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the checkbox inside, which renders a hidden input.
    <label
      className={classNames(
        "flex cursor-pointer items-start gap-2 text-sm [&>span:first-child]:mt-0.5",
        className,
      )}
    >
      {box}
      <span className="min-w-0">{children}</span>
    </label>
  );
}
