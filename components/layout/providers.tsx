"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { LivePause } from "@/components/live/live-pause";
import { PauseProvider } from "@/components/live/pause-provider";
import { Toaster } from "@/components/ui/toaster";
import { createQueryClient } from "./query-client";

/** What every page stands in: the query cache, the address as state, the pause. */
export function Providers({ children }: { children: ReactNode }) {
  const [pause] = useState(() => new LivePause());
  const [client] = useState(() => createQueryClient(pause));
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <PauseProvider pause={pause}>{children}</PauseProvider>
      </NuqsAdapter>
      <Toaster />
    </QueryClientProvider>
  );
}
