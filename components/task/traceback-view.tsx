"use client";

import { CopyButton } from "@/components/ui/copy-button";

/** A Python traceback as the worker wrote it. */
export function TracebackView({ text }: { text: string }) {
  return (
    <section aria-label="Traceback">
      <header className="flex h-10 items-center gap-1 pr-2 pl-4">
        <h3 className="font-semibold text-sm">Traceback</h3>
        <span className="ml-auto" />
        <CopyButton text={text} what="traceback" />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus (WCAG 2.1.1). */}
      <pre tabIndex={0} className="max-h-128 overflow-auto px-4 pb-3 font-mono text-xs leading-5">
        {text}
      </pre>
    </section>
  );
}
