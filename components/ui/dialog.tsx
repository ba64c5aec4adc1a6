"use client";

import { Dialog as Primitive } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** The line of buttons; stays in view while the content scrolls. */
  footer?: ReactNode;
  className?: string;
  /** Opens over another dialog, which it covers. */
  isNested?: boolean;
}

/** A modal dialog; on narrow screens it fills the lower part of the screen. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  className,
  isNested = false,
}: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Backdrop
          forceRender={isNested}
          className={classNames(
            "fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0",
            isNested && "z-50",
          )}
        />
        <Primitive.Viewport className="fixed inset-0 z-50 grid items-end justify-items-center sm:items-center sm:p-6">
          <Primitive.Popup
            className={classNames(
              "flex max-h-[calc(100dvh-2rem)] w-full flex-col overflow-hidden bg-raised shadow-floating sm:max-w-xl",
              "rounded-t-xl border sm:rounded-xl",
              "transition duration-150 data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-2">
              <div className="min-w-0 flex-1">
                <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
                {description === undefined ? null : (
                  <Primitive.Description className="text-ink-muted text-sm">
                    {description}
                  </Primitive.Description>
                )}
              </div>
              <Primitive.Close
                render={
                  <Button variant="ghost" size="small-icon" aria-label="Close" className="-mr-1.5">
                    <X className="size-4" aria-hidden />
                  </Button>
                }
              />
            </header>
            {/* Focusable so that the keyboard can scroll it. */}
            <section
              aria-label="Details"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus (WCAG 2.1.1).
              tabIndex={0}
              className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4"
            >
              {children}
            </section>
            {footer === undefined ? null : (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-5 py-3">
                {footer}
              </footer>
            )}
          </Primitive.Popup>
        </Primitive.Viewport>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
