import type { ReactNode } from "react";
import { LiveProvider } from "@/components/live/live-provider";
import { CountStrip } from "./count-strip";
import { OutageBanner } from "./outage-banner";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { BottomNav, TopNav } from "./top-nav";

/** The frame of every page but the login: navigation, counts, what is wrong now. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <LiveProvider>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-ink-inverse focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="sticky top-0 z-30">
        <TopNav />
        <CountStrip />
      </div>
      <OutageBanner />
      <main id="content" className="mx-auto w-full max-w-[110rem] px-3 pt-5 pb-24 sm:px-6 md:pb-12">
        {children}
      </main>
      <BottomNav />
      <ShortcutsDialog />
    </LiveProvider>
  );
}
