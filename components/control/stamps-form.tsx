"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FormFooter } from "@/components/ui/form-footer";
import { Notice } from "@/components/ui/notice";
import { ScrollArea } from "@/components/ui/scroll-area";
import { TextField } from "@/components/ui/text-field";
import { actionKeys, revokeByHeaders } from "@/lib/api/queries/control";
import { taskKeys } from "@/lib/api/queries/tasks";
import { workerKeys } from "@/lib/api/queries/workers";
import { type Signal, SignalSelect } from "./signal-select";

/** Has all workers drop, or end, the tasks that carry a stamp; lists what each worker answered. */
export function StampsForm({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [values, setValues] = useState("");
  const [terminates, setTerminates] = useState(false);
  const [signal, setSignal] = useState<Signal>("TERM");
  const stamp = name.trim();
  const sought = readValues(values);
  const revoke = useMutation({
    mutationFn: () =>
      revokeByHeaders({ headers: { [stamp]: sought }, terminate: terminates, ...(terminates && { signal }) }),
    onSettled: () => {
      for (const queryKey of [taskKeys.all, workerKeys.all, actionKeys.all]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
  return (
    <form
      className="flex flex-col gap-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!revoke.isSuccess) revoke.mutate();
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Stamp"
          placeholder="monitoring_id"
          autoFocus
          autoCapitalize="none"
          spellCheck={false}
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Values"
          placeholder="order-7, order-8"
          autoCapitalize="none"
          spellCheck={false}
          hint="Parted by commas; one of them has to fit"
          value={values}
          onChange={(event) => setValues(event.target.value)}
        />
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <Checkbox checked={terminates} onChange={setTerminates}>
          End those that run already, too
        </Checkbox>
        {terminates ? <SignalSelect value={signal} onChange={setSignal} /> : null}
      </div>
      <p className="text-ink-muted">
        Every task that was sent with this stamp is dropped by the worker that gets it. Workers forget this
        when all of them restart. Stamps need Celery 5.3; what older workers hold stays.
      </p>
      {/* Its place is kept: the buttons below must not move when the answer comes. */}
      <div className="min-h-20">
        {revoke.isError ? (
          <Notice tone="red" icon={CircleAlert} role="alert">
            {revoke.error.message}
          </Notice>
        ) : null}
        {revoke.isSuccess ? (
          <ScrollArea label="Answers" className="max-h-40 rounded-md border">
            <ul className="divide-y">
              {revoke.data.replies.map(({ hostname, reply }) => (
                <li key={hostname} className="flex flex-wrap gap-x-3 px-3 py-1.5">
                  <span className="min-w-0 flex-1 break-all font-medium">{hostname}</span>
                  <span className="break-words text-ink-muted text-xs">{reply}</span>
                </li>
              ))}
            </ul>
          </ScrollArea>
        ) : null}
      </div>
      <FormFooter>
        <Button onClick={onClose}>{revoke.isSuccess ? "Close" : "Cancel"}</Button>
        <Button
          type="submit"
          variant="danger"
          busy={revoke.isPending}
          disabled={stamp === "" || sought.length === 0 || revoke.isSuccess}
        >
          {terminates ? "Terminate by stamp" : "Revoke by stamp"}
        </Button>
      </FormFooter>
    </form>
  );
}

function readValues(text: string): string[] {
  return text
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
}
