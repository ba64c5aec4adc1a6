import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { parseSettings } from "@/lib/env";

export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <AppShell canLogOut={parseSettings(process.env).CELERIAC_PASSWORD !== undefined}>{children}</AppShell>
  );
}
