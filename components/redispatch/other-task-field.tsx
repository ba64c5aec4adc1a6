"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { INPUT_CLASS } from "@/components/ui/text-field";

/** Opens the editor of a task that is not among the examples, by its id. */
export function OtherTaskField({ more, onRepair }: { more: string; onRepair: (id: string) => void }) {
  const [id, setId] = useState("");
  return (
    <li className="flex h-7 items-center gap-1.5 text-xs">
      <span className="shrink-0 text-ink-faint">{more}</span>
      <input
        aria-label="Id of another task"
        placeholder="id of another"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        value={id}
        onChange={(event) => setId(event.target.value)}
        className={classNames(INPUT_CLASS, "h-7 w-36 font-mono text-xs")}
      />
      {id.trim() === "" ? null : (
        <Button size="small" className="text-xs" onClick={() => onRepair(id.trim())}>
          Write args
        </Button>
      )}
    </li>
  );
}
