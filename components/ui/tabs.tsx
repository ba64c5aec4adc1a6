"use client";

import { Tabs as Primitive } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface Tab {
  key: string;
  label: string;
  /** After the label: how many there are. */
  count?: string;
  /** The count is of something that a person should look at. */
  isAlarming?: boolean;
  content: ReactNode;
}

interface TabsProps {
  /** Read to screen readers. */
  label: string;
  tabs: readonly Tab[];
  /** Which is shown first; the first of all when there is no such tab. */
  initial?: string;
}

/** Parts of one thing, one at a time. */
export function Tabs({ label, tabs, initial }: TabsProps) {
  const first = tabs.find(({ key }) => key === initial) ?? tabs[0];
  return (
    <Primitive.Root defaultValue={first?.key}>
      <Primitive.List
        aria-label={label}
        className="scrollbar-none -mx-5 flex gap-1 overflow-x-auto border-b px-5"
      >
        {tabs.map((tab) => (
          <Primitive.Tab
            key={tab.key}
            value={tab.key}
            className="relative flex h-9 shrink-0 items-center gap-1.5 rounded-t-md px-2 text-ink-muted text-sm first:-ml-2 after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 after:rounded-full hover:text-ink data-active:font-medium data-active:text-ink data-active:after:bg-ink"
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span
                className={
                  tab.isAlarming
                    ? "tabular rounded-full bg-amber-soft px-1.5 font-medium text-amber text-xs"
                    : "tabular text-ink-faint text-xs"
                }
              >
                {tab.count}
              </span>
            )}
          </Primitive.Tab>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Panel key={tab.key} value={tab.key} className="pt-3">
          {tab.content}
        </Primitive.Panel>
      ))}
    </Primitive.Root>
  );
}
