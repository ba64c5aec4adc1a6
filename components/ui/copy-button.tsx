"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { Button } from "./button";

const SHOWN_MS = 1500;

interface CopyButtonProps {
  text: string;
  /** What is copied: "task id". */
  what: string;
  className?: string;
}

/** Copies `text`, and says so. */
export function CopyButton({ text, what, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Browsers offer the clipboard on secure origins only, and a person may refuse it.
      toast.error(`The browser did not let Celeriac copy the ${what}. Select it and copy it by hand.`);
    }
  }
  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant="ghost"
      size="small-icon"
      className={className}
      aria-label={copied ? "Copied" : `Copy ${what}`}
      title={`Copy ${what}`}
      onClick={copy}
    >
      <Icon className="size-3.5" aria-hidden />
    </Button>
  );
}
