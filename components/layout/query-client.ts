import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { LivePause } from "@/components/live/live-pause";
import { ApiError } from "@/lib/api/client";

const MAX_TRIES = 3;
const FRESH_MS = 5_000;

/** The query cache of a tab: it asks `pause` before refetching by itself, and goes to the login page on a 401. */
export function createQueryClient(pause: LivePause): QueryClient {
  const unlessHeld = () => !pause.isHeld;
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenLoggedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenLoggedOut }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: isWorthRetrying,
        refetchOnWindowFocus: unlessHeld,
        refetchOnReconnect: unlessHeld,
      },
    },
  });
}

/** A 4xx says the same again; only what may pass by itself is tried again. */
function isWorthRetrying(failures: number, error: Error): boolean {
  if (failures >= MAX_TRIES - 1) return false;
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
}

function leaveWhenLoggedOut(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 401 || location.pathname === "/login") return;
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}
