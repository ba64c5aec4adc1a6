"use client";

import { useEffect, useRef } from "react";
import { isTyping } from "@/components/ui/is-typing";

/** Element id of the link of the row at `index`, which the keyboard moves between. */
export function taskLinkId(index: number): string {
  return `task-row-${index}`;
}

export interface TaskShortcuts {
  rowCount: number;
  /** Brings a row into view; its link takes the focus after that. */
  reveal: (index: number) => void;
  toggle: (index: number) => void;
  retry: () => void;
  clear: () => void;
  search: () => void;
}

/** `/` search, `j` `k` move, `x` select, `r` retry, `Escape` let go of the selection. */
export function useTaskShortcuts(shortcuts: TaskShortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      if (handleKey(event.key, latest.current)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function handleKey(key: string, shortcuts: TaskShortcuts): boolean {
  const at = focusedIndex();
  switch (key) {
    case "j":
      return moveTo(at === null ? 0 : at + 1, shortcuts);
    case "k":
      return moveTo(at === null ? 0 : at - 1, shortcuts);
    case "x":
      if (at !== null) shortcuts.toggle(at);
      return at !== null;
    case "r":
      shortcuts.retry();
      return true;
    case "/":
      shortcuts.search();
      return true;
    case "Escape":
      shortcuts.clear();
      return true;
    default:
      return false;
  }
}

/** Index of the row that holds the focus. */
function focusedIndex(): number | null {
  const row = document.activeElement?.closest("[data-row-index]");
  return row instanceof HTMLElement ? Number(row.dataset.rowIndex) : null;
}

function moveTo(index: number, shortcuts: TaskShortcuts): boolean {
  if (index < 0 || index >= shortcuts.rowCount) return true;
  shortcuts.reveal(index);
  // The row may have to be rendered first.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.getElementById(taskLinkId(index))?.focus()),
  );
  return true;
}
