"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { useLiveState } from "@/components/live/live-provider";
import { useHold, usePauseReasons } from "@/components/live/pause-provider";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { SOLID_TONES, type Tone } from "@/components/ui/tone";

const BY_HAND = "paused by you";

interface Beacon {
  tone: Tone;
  label: string;
  detail: string;
  beats?: boolean;
}

/** Says whether the page moves by itself, and stops it on request. */
export function LiveBeacon() {
  const [isPausedByHand, setPausedByHand] = useState(false);
  const { status } = useLiveState();
  const reasons = usePauseReasons();
  useHold(isPausedByHand, BY_HAND);
  const beacon = describe(status, reasons);
  return (
    <div className="flex items-center">
      <output className="flex items-center gap-2 px-2 text-ink-muted text-sm" title={beacon.detail}>
        <span className="relative flex size-2" aria-hidden>
          {beacon.beats ? (
            <span
              className={classNames(
                "absolute inset-0 animate-ping rounded-full opacity-50",
                SOLID_TONES[beacon.tone],
              )}
            />
          ) : null}
          <span className={classNames("relative size-2 rounded-full", SOLID_TONES[beacon.tone])} />
        </span>
        {beacon.label}
      </output>
      <Button
        variant="ghost"
        size="icon"
        aria-label={isPausedByHand ? "Resume live updates" : "Pause live updates"}
        title={isPausedByHand ? "Resume live updates" : "Pause live updates"}
        onClick={() => setPausedByHand(!isPausedByHand)}
      >
        {isPausedByHand ? <Play className="size-4" aria-hidden /> : <Pause className="size-4" aria-hidden />}
      </Button>
    </div>
  );
}

function describe(status: string, reasons: readonly string[]): Beacon {
  if (status === "connecting") return { tone: "gray", label: "Connecting", detail: "Connecting to Celeriac" };
  if (status === "stale")
    return { tone: "amber", label: "Not live", detail: "No news from Celeriac; reconnecting" };
  if (reasons.length > 0)
    return { tone: "amber", label: "Paused", detail: `Lists hold still: ${reasons.join(", ")}` };
  return { tone: "green", label: "Live", detail: "Changes appear by themselves", beats: true };
}
