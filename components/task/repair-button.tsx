"use client";

import { useQuery } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import { useState } from "react";
import { RetryDialog } from "@/components/redispatch/retry-dialog";
import { Button } from "@/components/ui/button";
import { healthQuery } from "@/lib/api/queries/health";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import type { ArgsClass } from "@/lib/celery/args-class";
import { isFinalState } from "@/lib/celery/task-state";

const REPAIRABLE: readonly ArgsClass[] = ["lossy", "unknown", "typed"];

/** Retries a task with args that a person writes, where the stored ones can't be sent as they are. */
export function RepairButton({ task }: { task: TaskDetail }) {
  const [isOpen, setOpen] = useState(false);
  const { data: health } = useQuery(healthQuery());
  if (!REPAIRABLE.includes(task.argsClass) || !isFinalState(task.state)) return null;
  return (
    <>
      <Button size="small" disabled={health?.readOnly === true} onClick={() => setOpen(true)}>
        <PencilLine className="size-3.5" aria-hidden />
        Write args and retry
      </Button>
      <RetryDialog open={isOpen} onOpenChange={setOpen} selection={{ ids: [task.id] }} repair={task.id} />
    </>
  );
}
