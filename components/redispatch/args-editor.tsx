"use client";

import { CircleHelp, Scissors } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FormFooter } from "@/components/ui/form-footer";
import { Notice } from "@/components/ui/notice";
import type { PreviewTask } from "@/lib/api/schemas/preview-tasks";
import { ArgsField } from "./args-field";
import { ARGS_PARTS, readArgsText } from "./read-args-text";
import type { TaskRepair } from "./use-repairs";

interface ArgsEditorProps {
  task: PreviewTask;
  /** What was written before. */
  repair: TaskRepair | undefined;
  onSave: (repair: TaskRepair) => void;
  /** Back to the stored args. */
  onDrop: () => void;
  onCancel: () => void;
}

/** Args and kwargs of one task, to be written by hand. */
export function ArgsEditor({ task, repair, onSave, onDrop, onCancel }: ArgsEditorProps) {
  const [texts, setTexts] = useState(
    repair?.texts ?? { args: task.args ?? "[]", kwargs: task.kwargs ?? "{}" },
  );
  const [isUncut, setUncut] = useState(repair !== undefined);
  const read = { args: readArgsText(texts.args, "args"), kwargs: readArgsText(texts.kwargs, "kwargs") };
  const { args, kwargs } = read;
  const areRead = args.ok && kwargs.ok;
  const mayBeCut = areRead && (args.mayBeCut || kwargs.mayBeCut);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!areRead) return;
        onSave({
          id: task.id,
          texts,
          json: { args: args.json, kwargs: kwargs.json },
          reason: task.reason,
        });
      }}
    >
      {task.argsReason === null ? null : (
        <Notice tone="amber" icon={Scissors}>
          {task.argsReason}
        </Notice>
      )}
      {ARGS_PARTS.map((part) => (
        <ArgsField
          key={part}
          part={part}
          text={texts[part]}
          read={read[part]}
          stored={task[part]}
          onChange={(text) => setTexts({ ...texts, [part]: text })}
        />
      ))}
      {areRead && (args.isTyped || kwargs.isTyped) ? (
        <Notice tone="gray" icon={CircleHelp}>
          Decimals, UUIDs and dates are sent as Celery’s own typed values. Workers before Celery 5.3 get them
          as plain objects.
        </Notice>
      ) : null}
      {mayBeCut ? (
        <Checkbox checked={isUncut} onChange={setUncut}>
          A text in them ends in “...”, as Celery ends what it cuts. It is complete all the same.
        </Checkbox>
      ) : null}
      <FormFooter>
        {repair === undefined ? null : (
          <Button variant="ghost" className="mr-auto" onClick={onDrop}>
            Back to the stored args
          </Button>
        )}
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!areRead || (mayBeCut && !isUncut)}>
          Use these args
        </Button>
      </FormFooter>
    </form>
  );
}
