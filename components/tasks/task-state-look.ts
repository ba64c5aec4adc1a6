import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  Clock,
  Inbox,
  type LucideIcon,
  Play,
  RotateCw,
  Undo2,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { KnownTaskState } from "@/lib/celery/task-state";

interface StateLook {
  tone: Tone;
  icon: LucideIcon;
  label: string;
}

const LOOKS: Record<KnownTaskState, StateLook> = {
  PENDING: { tone: "gray", icon: Clock, label: "Pending" },
  RECEIVED: { tone: "blue", icon: Inbox, label: "Received" },
  STARTED: { tone: "blue", icon: Play, label: "Started" },
  RETRY: { tone: "amber", icon: RotateCw, label: "Retry" },
  REJECTED: { tone: "gray", icon: Undo2, label: "Rejected" },
  REVOKED: { tone: "gray", icon: Ban, label: "Revoked" },
  FAILURE: { tone: "red", icon: CircleX, label: "Failure" },
  SUCCESS: { tone: "green", icon: CircleCheck, label: "Success" },
};

/** Icon, word and colour of a state; a custom one (`PROGRESS`) keeps its own word. */
export function lookOfState(state: string): StateLook {
  // Safe: the lookup is checked, a custom state has no entry.
  const known = LOOKS[state as KnownTaskState] as StateLook | undefined;
  if (known !== undefined) return known;
  return { tone: "blue", icon: state === "" ? CircleDashed : CircleDot, label: state };
}
