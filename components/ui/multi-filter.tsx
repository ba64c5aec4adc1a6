"use client";

import { Combobox as Primitive } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "./button";
import { classNames } from "./class-names";
import { ITEM_CLASS } from "./menu";
import { FLOATING_CLASS } from "./popover";
import { INPUT_CLASS } from "./text-field";

interface MultiFilterProps {
  label: string;
  values: readonly string[];
  /** Known values; any other can be typed. */
  options: readonly string[];
  onChange: (values: string[]) => void;
  hint?: string;
}

/** A filter of several values, chosen or typed. */
export function MultiFilter({ label, values, options, onChange, hint }: MultiFilterProps) {
  const [text, setText] = useState("");
  const typed = text.trim();
  const known = [...new Set([...values, ...options])];
  const items = typed === "" || known.includes(typed) ? known : [...known, typed];
  return (
    <Primitive.Root
      items={items}
      multiple
      value={[...values]}
      onValueChange={(next: string[]) => onChange(next)}
      inputValue={text}
      onInputValueChange={setText}
      autoHighlight
    >
      <Primitive.Trigger
        aria-label={values.length === 0 ? `${label}: any` : `${label}: ${values.join(", ")}`}
        className={buttonClass({ className: classNames("max-w-72", values.length > 0 && "border-ink") })}
      >
        <span className={values.length > 0 ? "text-ink-muted" : undefined}>{label}</span>
        {values.length > 0 ? <span className="truncate">{describeValues(values)}</span> : null}
        <ChevronDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={6} align="start" collisionPadding={8} className="z-50">
          <Primitive.Popup
            aria-label={label}
            className={classNames(FLOATING_CLASS, "flex w-80 flex-col p-1")}
          >
            <div className="p-1">
              <Primitive.Input
                placeholder={`Find or type a ${label.toLowerCase()}`}
                aria-label={label}
                className={INPUT_CLASS}
              />
              {hint === undefined ? null : <p className="px-1 pt-1.5 text-ink-faint text-xs">{hint}</p>}
            </div>
            <Primitive.Empty className="not-empty:px-2 not-empty:py-3 text-ink-muted text-sm">
              Nothing known. Type one and press Enter.
            </Primitive.Empty>
            <Primitive.List className="max-h-72 overflow-y-auto">
              {(item: string) => (
                <Primitive.Item key={item} value={item} className={ITEM_CLASS}>
                  <span className="grid size-4 shrink-0 place-items-center">
                    <Primitive.ItemIndicator>
                      <Check className="size-3.5" aria-hidden />
                    </Primitive.ItemIndicator>
                  </span>
                  <span className="min-w-0 flex-1 break-all">
                    {known.includes(item) ? item : `Use “${item}”`}
                  </span>
                </Primitive.Item>
              )}
            </Primitive.List>
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function describeValues(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? "") : `${values[0]} +${values.length - 1}`;
}
