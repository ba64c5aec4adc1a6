"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { FormFooter } from "@/components/ui/form-footer";
import { Notice } from "@/components/ui/notice";
import { type Signal, SignalSelect } from "./signal-select";
import { useRevoke } from "./use-revoke";
import { writeRevokeAnswer } from "./write-answer";

interface RevokeFormProps {
  task: { id: string; name: string | null; worker: string | null };
  /** To end it where it runs; otherwise it is only not to be started. */
  terminates: boolean;
  onClose: () => void;
}

/** Says what revoking or terminating a task would do, does it on confirmation, and shows what the workers answered. */
export function RevokeForm({ task, terminates, onClose }: RevokeFormProps) {
  const [signal, setSignal] = useState<Signal>("TERM");
  const revoke = useRevoke({
    id: task.id,
    onAnswer: (answer) => {
      toast.success(terminates ? "Terminated" : "Revoked", { description: writeRevokeAnswer(answer) });
      onClose();
    },
  });
  return (
    <form
      className="flex flex-col gap-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        revoke.mutate(terminates ? { terminate: true, signal } : {});
      }}
    >
      <p>
        <strong className="break-all font-medium">{task.name ?? "Task without a name"}</strong>
        <code className="block break-all font-mono text-ink-muted text-xs">{task.id}</code>
      </p>
      <p>{terminates ? describeTermination(task.worker) : REVOCATION}</p>
      {terminates ? (
        <div>
          <SignalSelect value={signal} onChange={setSignal} />
        </div>
      ) : null}
      {/* Its place is kept: the buttons below must not move when the answer comes. */}
      <div className="min-h-14">
        {revoke.isError ? (
          <Notice tone="red" icon={CircleAlert} role="alert">
            {revoke.error.message}
          </Notice>
        ) : null}
      </div>
      <FormFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" busy={revoke.isPending}>
          {terminates ? "Terminate the task" : "Revoke the task"}
        </Button>
      </FormFooter>
    </form>
  );
}

const REVOCATION =
  "No worker will start it: whoever gets it drops it, and its state becomes REVOKED. One that runs already runs on. " +
  "Workers forget this when all of them restart.";

function describeTermination(worker: string | null): string {
  return (
    `${worker ?? "Its worker"} sends the signal to the process that runs it. The task ends where it is: what it has ` +
    "done so far is not undone. Its state becomes REVOKED."
  );
}
