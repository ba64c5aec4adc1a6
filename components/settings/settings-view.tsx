"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { settingsQuery } from "@/lib/api/queries/settings";
import { storageQuery } from "@/lib/api/queries/storage";
import { KindTable } from "./kind-table";
import { SettingTable } from "./setting-table";
import { SizePanel } from "./size-panel";
import { SliceTable } from "./slice-table";

/** What is kept, how much room it takes, and the settings in force. */
export function SettingsView() {
  return (
    <>
      <PageHeader
        title="Settings"
        description="What is kept and the room it takes, and the settings that this server was started with."
      />
      <div className="flex flex-col gap-4">
        <StoragePanels />
        <SettingsPanel />
      </div>
    </>
  );
}

function StoragePanels() {
  const { data, error, refetch } = useQuery(storageQuery());
  if (data === undefined) {
    return (
      <Panel title="Kept" flush>
        {error !== null ? (
          <ErrorState title="What is kept can't be shown" error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={6} label="Loading what is kept" />
        )}
      </Panel>
    );
  }
  return (
    <>
      {error !== null ? (
        <Notice tone="red" icon={TriangleAlert} role="alert">
          This is an earlier look: {error.message}
        </Notice>
      ) : null}
      <SizePanel storage={data} />
      <Panel title="What is kept" flush>
        <KindTable kinds={data.kinds} />
      </Panel>
      <Panel title="Slices of the history">
        <SliceTable storage={data} />
      </Panel>
    </>
  );
}

function SettingsPanel() {
  const { data, error, refetch } = useQuery(settingsQuery());
  return (
    <Panel title="Settings in force" flush>
      {data !== undefined ? (
        <SettingTable settings={data.items} />
      ) : error !== null ? (
        <ErrorState title="The settings can't be shown" error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={8} label="Loading the settings" />
      )}
    </Panel>
  );
}
