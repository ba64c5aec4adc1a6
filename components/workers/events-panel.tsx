import { Eye, EyeOff, Podcast } from "lucide-react";
import { CommandAction } from "@/components/control/command-action";
import { CommandForm } from "@/components/control/command-form";
import { Panel } from "@/components/ui/panel";
import { Pill } from "@/components/ui/pill";
import type { WorkerDetail } from "@/lib/api/schemas/workers";

/** Whether a worker tells what its tasks do, and the switch for it. */
export function EventsPanel({ worker }: { worker: WorkerDetail }) {
  const { hostname, taskEvents, status } = worker;
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          Task events <EventsPill taskEvents={taskEvents} />
        </span>
      }
      actions={
        <div className="flex items-center gap-1.5">
          <CommandAction worker={worker} label="Enable" icon={Podcast} title="Enable task events?">
            {(close) => (
              <CommandForm
                hostname={hostname}
                command="enable-events"
                body={{}}
                confirm="Enable events"
                onClose={close}
              />
            )}
          </CommandAction>
          <CommandAction worker={worker} label="Disable" icon={EyeOff} title="Disable task events?">
            {(close) => (
              <CommandForm
                hostname={hostname}
                command="disable-events"
                body={{}}
                confirm="Disable events"
                isDangerous
                caution={
                  <p className="text-ink-muted text-sm">
                    A worker that was started with <code className="font-mono text-xs">-E</code> can't be
                    switched off. Celeriac enables events again by itself unless it is set not to.
                  </p>
                }
                onClose={close}
              />
            )}
          </CommandAction>
        </div>
      }
    >
      <p className="text-ink-muted text-sm">
        {status === "offline"
          ? "As it was when it last answered."
          : taskEvents === false
            ? "It does not tell what its tasks do: they are seen only when they have ended, in the result table."
            : "Each step of its tasks is seen in Celeriac as it happens."}
      </p>
    </Panel>
  );
}

function EventsPill({ taskEvents }: Pick<WorkerDetail, "taskEvents">) {
  if (taskEvents === null) return <Pill tone="gray" icon={Eye} label="unknown" />;
  return taskEvents ? (
    <Pill tone="green" icon={Eye} label="on" />
  ) : (
    <Pill tone="amber" icon={EyeOff} label="off" />
  );
}
