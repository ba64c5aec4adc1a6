import type { ReactNode } from "react";

/** The line of buttons of a form that fills a dialog; stays in view while the form scrolls. */
export function FormFooter({ children }: { children: ReactNode }) {
  return (
    <div className="sticky -bottom-4 -mx-5 -mb-4 flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-5 py-3">
      {children}
    </div>
  );
}
