"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 1000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
let zone: string | undefined;
const listeners = new Set<() => void>();

/** The time now in epoch ms, moving once a second for all of the page together; null while the server renders. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, () => now, neverOnServer);
}

/** The reader's own time zone, an IANA name; null while the server renders, which can't know it. */
export function useZone(): string | null {
  return useSyncExternalStore(subscribeToNothing, readZone, neverOnServer);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** Asked once: React asks for it at each render of each instant, and to make a formatter takes half a millisecond. */
function readZone(): string {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

const neverOnServer = () => null;
const subscribeToNothing = () => () => {};
