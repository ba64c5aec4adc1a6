"use client";

import { Toaster as Sonner } from "sonner";

/** Where toasts appear; it wears our tokens, so it follows the theme. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: "!bg-raised !text-ink !border-line !shadow-floating !rounded-lg !text-sm !font-sans",
          description: "!text-ink-muted",
          actionButton: "!bg-ink !text-ink-inverse",
          error: "!text-red",
          success: "!text-green",
        },
      }}
    />
  );
}
