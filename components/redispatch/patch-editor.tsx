"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormFooter } from "@/components/ui/form-footer";
import { newestTasksQuery } from "@/lib/api/queries/tasks";
import type { Patch } from "@/lib/api/schemas/kwargs-patches";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatShortId } from "@/lib/format/id";
import { listKwargNames } from "./list-kwarg-names";
import { PatchEffect } from "./patch-effect";
import { PatchRowFields } from "./patch-row-fields";
import { buildPatch, type PatchRow, toPatchRows } from "./patch-rows";
import type { Repairs } from "./use-repairs";
import { useSettled } from "./use-settled";

interface PatchEditorProps {
  preview: Preview;
  /** Of the tasks. */
  name: string;
  repairs: Repairs;
  onClose: () => void;
}

const QUIET_MS = 350;
const SAMPLES = 5;

/** Changes of kwargs for all ready tasks of a name, tried on the real ones while they are written. */
export function PatchEditor({ preview, name, repairs, onClose }: PatchEditorProps) {
  const before = repairs.patches.find((one) => one.name === name);
  const [rows, setRows] = useState<PatchRow[]>(() => startRows(before));
  const namesId = useId();
  // As they are now: the preview is frozen, and what is looked at here need not be.
  const newest = useQuery({
    ...newestTasksQuery({ name: [name] }, SAMPLES),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const samples = (newest.data?.items ?? []).flatMap(({ id, kwargs }) =>
    kwargs === null ? [] : { id, kwargs },
  );
  const { patch, errors } = buildPatch(name, rows);
  // As text, so that the same patch is the same value.
  const tried = useSettled(patch === null ? null : JSON.stringify(patch), QUIET_MS);
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (patch === null) return;
        repairs.setPatch(patch);
        onClose();
      }}
    >
      <datalist id={namesId}>
        {listKwargNames(samples.map(({ kwargs }) => kwargs)).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <ul aria-label="Changes" className="flex flex-col gap-2">
        {rows.map((row, index) => (
          <PatchRowFields
            key={row.key}
            row={row}
            place={index + 1}
            error={errors.get(row.key)}
            namesId={namesId}
            onChange={(next) => setRows(rows.map((one) => (one.key === row.key ? next : one)))}
            onRemove={() => setRows(rows.filter((one) => one.key !== row.key))}
          />
        ))}
      </ul>
      <Button
        size="small"
        className="self-start"
        onClick={() => setRows([...rows, { key: nextKey, action: "set", name: "", text: "" }])}
      >
        <Plus className="size-3.5" aria-hidden />
        Another change
      </Button>
      {tried === null ? (
        <Kwargs samples={samples} />
      ) : (
        <PatchEffect snapshot={preview.snapshot} patch={JSON.parse(tried)} />
      )}
      <FormFooter>
        {before === undefined ? null : (
          <Button
            variant="ghost"
            className="mr-auto"
            onClick={() => {
              repairs.dropPatch(name);
              onClose();
            }}
          >
            Change nothing
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={patch === null}>
          Use this change
        </Button>
      </FormFooter>
    </form>
  );
}

/** What there is to change. */
function Kwargs({ samples }: { samples: readonly { id: string; kwargs: string }[] }) {
  if (samples.length === 0) {
    return <p className="text-ink-muted text-sm">What it does to the stored kwargs is shown here.</p>;
  }
  return (
    <section aria-label="Kwargs as stored" className="flex flex-col gap-2">
      <h3 className="text-ink-muted text-sm">Kwargs of the newest tasks of this name, as stored</h3>
      <ul className="divide-y rounded-md border">
        {samples.map(({ id, kwargs }) => (
          <li key={id} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 px-3 py-1.5">
            <code title={id} className="font-mono text-ink-faint text-xs leading-5">
              {formatShortId(id)}
            </code>
            <code className="break-all font-mono text-xs leading-5">{kwargs}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function startRows(patch: Patch | undefined): PatchRow[] {
  return patch === undefined ? [{ key: 0, action: "set", name: "", text: "" }] : toPatchRows(patch);
}
