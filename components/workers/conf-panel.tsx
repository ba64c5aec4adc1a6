"use client";

import { useState } from "react";
import { FindField } from "@/components/ui/find-field";
import { Panel } from "@/components/ui/panel";
import { ScrollArea } from "@/components/ui/scroll-area";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { listConfEntries } from "./conf-entries";

/** The settings of a worker, also those that it left as they are; secrets hidden. */
export function ConfPanel({ worker }: { worker: WorkerDetail }) {
  const [text, setText] = useState("");
  const entries = listConfEntries(worker.conf, text);
  if (entries === null) return null;
  return (
    <Panel
      title="Configuration"
      actions={<FindField label="Find a setting" value={text} onChange={setText} />}
      flush
    >
      <ScrollArea label="Settings" className="max-h-112 border-t">
        <table className="w-full table-fixed text-sm">
          <caption className="sr-only">Configuration</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ key, value }) => (
              <tr key={key} className="align-top hover:bg-hover [&:not(:first-child)>*]:border-t">
                <th
                  scope="row"
                  className="w-72 break-words py-1.5 pr-3 pl-4 text-left font-normal text-ink-muted max-md:w-2/5"
                >
                  {key}
                </th>
                <td className="py-1.5 pr-4">
                  <pre className="whitespace-pre-wrap break-all font-mono text-xs leading-5">{value}</pre>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {entries.length === 0 ? <p className="px-4 py-3 text-ink-muted text-sm">No such setting.</p> : null}
      </ScrollArea>
    </Panel>
  );
}
