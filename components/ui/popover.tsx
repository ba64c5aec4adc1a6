"use client";

import { Popover as Primitive } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names";

interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
  /** Read to screen readers. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  className?: string;
}

/** A floating surface beside its trigger. */
export function Popover({
  trigger,
  children,
  label,
  open,
  onOpenChange,
  align = "start",
  className,
}: PopoverProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger render={trigger} />
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={6} align={align} collisionPadding={8} className="z-50">
          <Primitive.Popup aria-label={label} className={classNames(FLOATING_CLASS, "p-3", className)}>
            {children}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The look of everything that floats over the page. */
export const FLOATING_CLASS =
  "rounded-lg border bg-raised text-ink shadow-floating outline-none transition-[opacity,transform] duration-100 " +
  "data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:opacity-0 " +
  "max-h-(--available-height) max-w-[calc(100vw-1rem)] overflow-y-auto";
