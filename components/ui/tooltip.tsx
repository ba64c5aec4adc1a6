"use client";

import { Tooltip as Primitive } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
  /** What it explains: a control with an accessible name of its own. */
  children: ReactElement;
  content: ReactNode;
}

/** A hint on hover and focus. Never the only place that says something: touch has neither. */
export function Tooltip({ children, content }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger render={children} />
      <Primitive.Portal>
        <Primitive.Positioner sideOffset={6} collisionPadding={8} className="z-50">
          <Primitive.Popup className="max-w-80 break-words rounded-md bg-ink px-2 py-1 text-ink-inverse text-xs shadow-floating transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </Primitive.Popup>
        </Primitive.Positioner>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
