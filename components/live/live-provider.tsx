"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import { type LiveState, LiveStore } from "./live-store";
import { usePause } from "./pause-provider";

const StoreContext = createContext<LiveStore | null>(null);

const BEFORE_CONNECTING: LiveState = { status: "connecting", heardAt: null };

/** Opens the one stream of this tab for everything inside. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const pause = usePause();
  const [store] = useState(() => new LiveStore(client, pause));
  useEffect(() => store.start(), [store]);
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** Whether the stream is live, and when it was last heard. */
export function useLiveState(): LiveState {
  const store = use(StoreContext);
  return useSyncExternalStore(
    (listener) => store?.subscribe(listener) ?? (() => {}),
    () => store?.state ?? BEFORE_CONNECTING,
    () => BEFORE_CONNECTING,
  );
}
