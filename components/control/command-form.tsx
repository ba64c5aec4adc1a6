"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { FormFooter } from "@/components/ui/form-footer";
import { Notice } from "@/components/ui/notice";
import type { WorkerCommand, WorkerCommandBody } from "@/lib/api/schemas/control";
import { describeEffect, isLostOnRestart } from "./describe-effect";
import { useWorkerCommand } from "./use-worker-command";
import { writeAnswer } from "./write-answer";

const SHOWN_MS = 5_000;
const SHOWN_WITH_NOTE_MS = 15_000;

interface CommandFormProps<Command extends WorkerCommand> {
  hostname: string;
  command: Command;
  /** Null where the fields do not make one yet. */
  body: WorkerCommandBody<Command> | null;
  /** What the button says: verb and object. */
  confirm: string;
  isDangerous?: boolean;
  /** What speaks against it. */
  caution?: ReactNode;
  onClose: () => void;
  /** The fields. */
  children?: ReactNode;
}

/** Says what a command would do to which worker, does it on confirmation, and shows the worker's own answer. */
export function CommandForm<Command extends WorkerCommand>(props: CommandFormProps<Command>) {
  const { hostname, command, body, confirm, isDangerous = false, onClose } = props;
  const send = useWorkerCommand({
    hostname,
    command,
    onAnswer: (answer) => {
      toast.success(hostname, {
        description: writeAnswer(answer),
        duration: answer.note === null ? SHOWN_MS : SHOWN_WITH_NOTE_MS,
      });
      onClose();
    },
  });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (body !== null) send.mutate(body);
      }}
    >
      {props.children}
      <p className="min-h-10 break-words text-sm">
        {body === null ? null : describeEffect(hostname, command, body)}
        {isLostOnRestart(command) ? <span className="text-ink-muted"> Lost when it restarts.</span> : null}
      </p>
      {props.caution}
      {/* Its place is kept: the buttons below must not move when the answer comes. */}
      <div className="min-h-14">
        {send.isError ? (
          <Notice tone="red" icon={CircleAlert} role="alert">
            {send.error.message}
          </Notice>
        ) : null}
      </div>
      <FormFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={isDangerous ? "danger" : "primary"}
          busy={send.isPending}
          disabled={body === null}
        >
          {confirm}
        </Button>
      </FormFooter>
    </form>
  );
}
