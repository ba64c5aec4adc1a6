import { BadgeCheck, CircleHelp, Fingerprint, type LucideIcon, Scissors } from "lucide-react";
import { ARGS_SOURCE_WORDS } from "@/components/redispatch/args-source-words";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Pill } from "@/components/ui/pill";
import type { Tone } from "@/components/ui/tone";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import type { ArgsClass } from "@/lib/celery/args-class";
import { LiteralBlock } from "./literal-block";
import { RepairButton } from "./repair-button";

interface ClassWords {
  tone: Tone;
  icon: LucideIcon;
  /** What a retry can do with such args. */
  means: string;
}

const CLASSES: Record<ArgsClass, ClassWords> = {
  exact: { tone: "green", icon: BadgeCheck, means: "These are the real values. A retry sends exactly them." },
  safe: {
    tone: "green",
    icon: BadgeCheck,
    means: "The stored text reads back exactly. A retry sends the same values.",
  },
  typed: {
    tone: "amber",
    icon: Fingerprint,
    means: "Holds typed values (Decimal, UUID, datetime). A retry asks for your consent first.",
  },
  lossy: { tone: "red", icon: Scissors, means: "Can't be rebuilt exactly. A retry needs args from you." },
  unknown: { tone: "red", icon: CircleHelp, means: "Not stored. A retry needs args from you." },
};

/** Args and kwargs as stored, and how far they can be trusted to be the real ones. */
export function ArgsPanel({ task }: { task: TaskDetail }) {
  const { tone, icon, means } = CLASSES[task.argsClass];
  return (
    <Panel
      title="Args"
      actions={
        <>
          <RepairButton task={task} />
          <Pill tone={tone} icon={icon} label={task.argsClass} />
        </>
      }
      flush
    >
      <div className="flex flex-col gap-2 px-4 pb-3 text-sm">
        <p className="text-ink-muted">
          {means}
          {task.argsFrom === null ? null : ` From ${ARGS_SOURCE_WORDS[task.argsFrom]}.`}
        </p>
        {task.argsReason === null ? null : (
          <Notice tone={tone} icon={icon}>
            {task.argsReason}
          </Notice>
        )}
        {task.settingHint === null ? null : (
          <Notice tone="gray" icon={CircleHelp}>
            {task.settingHint}
          </Notice>
        )}
      </div>
      {task.args === null ? null : <LiteralBlock title="args" text={task.args} className="border-t" />}
      {task.kwargs === null ? null : <LiteralBlock title="kwargs" text={task.kwargs} className="border-t" />}
    </Panel>
  );
}
