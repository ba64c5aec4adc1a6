"use client";

import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { isTyping } from "@/components/ui/is-typing";
import { Kbd } from "@/components/ui/kbd";

const SHORTCUTS = [
  { keys: ["/"], does: "Search" },
  { keys: ["j", "k"], does: "Move down and up the list" },
  { keys: ["Enter"], does: "Open the task" },
  { keys: ["x"], does: "Select the task" },
  { keys: ["r"], does: "Retry what is selected" },
  { keys: ["Esc"], does: "Let go of the selection" },
  { keys: ["?"], does: "Show this help" },
] as const;

/** The keyboard's help, on `?`. */
export function ShortcutsDialog() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "?" || isTyping(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen} title="Keyboard" description="On the tasks page">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 text-sm">
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
