"use client";

import { Menu as Primitive } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { classNames } from "./class-names";
import { FLOATING_CLASS } from "./popover";

interface MenuChoice {
  value: string;
  label: string;
}

interface ChoiceMenuProps {
  trigger: ReactElement;
  choices: readonly MenuChoice[];
  value: string;
  onChange: (value: string) => void;
}

/** A menu of which exactly one entry holds. */
export function ChoiceMenu({ trigger, choices, value, onChange }: ChoiceMenuProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger render={trigger} />
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-50">
          <Primitive.Popup className={classNames(FLOATING_CLASS, "min-w-36 p-1")}>
            <Primitive.RadioGroup value={value} onValueChange={onChange}>
              {choices.map((choice) => (
                <Primitive.RadioItem
                  key={choice.value}
                  value={choice.value}
                  closeOnClick
                  className={ITEM_CLASS}
                >
                  <span className="flex-1">{choice.label}</span>
                  <Primitive.RadioItemIndicator>
                    <Check className="size-3.5" aria-hidden />
                  </Primitive.RadioItemIndicator>
                </Primitive.RadioItem>
              ))}
            </Primitive.RadioGroup>
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** One entry of a menu or list that floats. */
export const ITEM_CLASS =
  "flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-hover";
