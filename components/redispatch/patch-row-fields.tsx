"use client";

import { ArrowRight, Equal, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Select } from "@/components/ui/select";
import { INPUT_CLASS } from "@/components/ui/text-field";
import type { PatchAction, PatchRow } from "./patch-rows";

interface PatchRowFieldsProps {
  row: PatchRow;
  /** From 1, for screen readers. */
  place: number;
  error: string | undefined;
  /** Id of the list of known kwargs. */
  namesId: string;
  onChange: (row: PatchRow) => void;
  onRemove: () => void;
}

const ACTIONS: readonly { value: PatchAction; label: string }[] = [
  { value: "set", label: "Set" },
  { value: "rename", label: "Rename" },
  { value: "remove", label: "Remove" },
];

/** One change of a kwarg: `Set currency = "EUR"`, `Rename token → card_token`, `Remove locale`. */
export function PatchRowFields({ row, place, error, namesId, onChange, onRemove }: PatchRowFieldsProps) {
  const noteId = `${namesId}-${row.key}-error`;
  const field = {
    className: classNames(INPUT_CLASS, "font-mono"),
    spellCheck: false,
    autoCapitalize: "none",
    autoComplete: "off",
    "aria-describedby": error === undefined ? undefined : noteId,
    "aria-invalid": error === undefined ? undefined : true,
  } as const;
  const Mark = row.action === "set" ? Equal : ArrowRight;
  return (
    <li className="flex flex-col gap-1">
      <div className="grid grid-cols-[6.5rem_minmax(0,1fr)_2rem] items-center gap-2 sm:grid-cols-[6.5rem_minmax(0,2fr)_1rem_minmax(0,3fr)_2rem]">
        <Select
          label={`What to do, change ${place}`}
          className="w-full justify-between"
          options={ACTIONS}
          value={row.action}
          onChange={(action) => onChange({ ...row, action, text: action === "remove" ? "" : row.text })}
        />
        <input
          {...field}
          aria-label={`Kwarg, change ${place}`}
          placeholder="kwarg"
          list={namesId}
          value={row.name}
          onChange={(event) => onChange({ ...row, name: event.target.value })}
        />
        {row.action === "remove" ? (
          <span className="col-span-2 max-sm:hidden" />
        ) : (
          <>
            <Mark className="size-3.5 justify-self-center text-ink-faint max-sm:hidden" aria-hidden />
            <input
              {...field}
              className={classNames(field.className, "max-sm:order-last max-sm:col-span-3")}
              aria-label={row.action === "set" ? `Value, change ${place}` : `New name, change ${place}`}
              placeholder={row.action === "set" ? '"EUR", 12, true, …' : "new name"}
              value={row.text}
              onChange={(event) => onChange({ ...row, text: event.target.value })}
            />
          </>
        )}
        <Button variant="ghost" size="icon" aria-label={`Leave out change ${place}`} onClick={onRemove}>
          <X className="size-4" aria-hidden />
        </Button>
      </div>
      {error === undefined ? null : (
        <p id={noteId} className="text-red text-xs sm:pl-[7rem]">
          {error}
        </p>
      )}
    </li>
  );
}
