import { CircleSlash, type LucideIcon, Sparkles, TriangleAlert } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { TypeMark } from "./find-marks";

interface MarkLook {
  tone: Tone;
  icon: LucideIcon;
  label: string;
  /** What it means and what helps. */
  hint: string;
}

/** How each mark is shown. */
export const MARK_LOOKS: Record<TypeMark, MarkLook> = {
  unregistered: {
    tone: "red",
    icon: TriangleAlert,
    label: "Registered nowhere",
    hint: "It is called, and no worker online knows it: workers refuse such tasks.",
  },
  unused: {
    tone: "gray",
    icon: CircleSlash,
    label: "Not called",
    hint: "Workers have it registered, and nothing called it: its code may be deleted.",
  },
  "new-kwargs": {
    tone: "amber",
    icon: Sparkles,
    label: "New keywords",
    hint: "It is called with keywords that it was not called with before: its signature may have changed.",
  },
};
