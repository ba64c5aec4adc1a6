"use client";

import { useSyncExternalStore } from "react";

/** The width below which `max-sm:` applies. */
const NARROW = "(width < 40rem)";

/** Whether the screen is a phone's; false while the server renders. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(NARROW);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(NARROW).matches,
    () => false,
  );
}
