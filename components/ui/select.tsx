"use client";

import { Select as Primitive } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { buttonClass } from "./button";
import { classNames } from "./class-names";
import { ITEM_CLASS } from "./menu";
import { FLOATING_CLASS } from "./popover";

interface SelectOption<Value extends string> {
  value: Value;
  label: string;
}

interface SelectProps<Value extends string> {
  label: string;
  options: readonly SelectOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few; `label` names it to screen readers and is shown before the value. */
export function Select<Value extends string>({
  label,
  options,
  value,
  onChange,
  className,
}: SelectProps<Value>) {
  return (
    <Primitive.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Primitive.Trigger aria-label={label} className={buttonClass({ className })}>
        <Primitive.Value />
        <Primitive.Icon>
          <ChevronDown className="size-3.5 text-ink-faint" aria-hidden />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Positioner
          sideOffset={6}
          align="start"
          alignItemWithTrigger={false}
          collisionPadding={8}
          className="z-50"
        >
          <Primitive.Popup className={classNames(FLOATING_CLASS, "min-w-(--anchor-width) p-1")}>
            {options.map((option) => (
              <Primitive.Item key={option.value} value={option.value} className={ITEM_CLASS}>
                <Primitive.ItemText className="flex-1">{option.label}</Primitive.ItemText>
                <Primitive.ItemIndicator>
                  <Check className="size-3.5" aria-hidden />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
