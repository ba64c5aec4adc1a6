"use client";

import { createContext, type ReactNode, use, useEffect, useSyncExternalStore } from "react";
import type { LivePause } from "./live-pause";

const PauseContext = createContext<LivePause | null>(null);

const NO_REASONS: readonly string[] = [];

/** Gives everything inside the one pause of this tab. */
export function PauseProvider({ pause, children }: { pause: LivePause; children: ReactNode }) {
  return <PauseContext value={pause}>{children}</PauseContext>;
}

/** The pause of this tab. */
export function usePause(): LivePause {
  const pause = use(PauseContext);
  if (pause === null) throw new Error("This component needs a PauseProvider around it.");
  return pause;
}

/** Why the screen is held still; empty when it moves. */
export function usePauseReasons(): readonly string[] {
  const pause = usePause();
  return useSyncExternalStore(
    (listener) => pause.subscribe(listener),
    () => pause.reasons,
    () => NO_REASONS,
  );
}

/** Holds the screen still while `active`. */
export function useHold(active: boolean, reason: string): void {
  const pause = usePause();
  useEffect(() => (active ? pause.hold(reason) : undefined), [pause, active, reason]);
}
