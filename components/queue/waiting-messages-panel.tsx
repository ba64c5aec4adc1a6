"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye, EyeOff, Inbox, Info, RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { queueMessagesQuery } from "@/lib/api/queries/queues";
import type { Queue, QueueMessages } from "@/lib/api/schemas/queues";
import { formatCount } from "@/lib/format/count";
import { WaitingMessageTable } from "./waiting-message-table";

const FEW = 20;
const MANY = 100;

/**
 * The messages that are delivered next, as of one look. Redis is looked at by itself; RabbitMQ, where a look leaves a mark, when
 * somebody asks.
 */
export function WaitingMessagesPanel({ queue }: { queue: Queue }) {
  const [limit, setLimit] = useState(FEW);
  const [isAsked, setAsked] = useState(queue.source === "redis");
  const query = useQuery({ ...queueMessagesQuery(queue.name, limit), enabled: isAsked });
  const { data, error, isFetching, dataUpdatedAt } = query;
  return (
    <Panel
      title="First waiting messages"
      flush
      actions={
        data === undefined ? null : (
          <>
            <span className="text-ink-muted text-xs">
              looked at <Instant at={new Date(dataUpdatedAt).toISOString()} form="age" />
            </span>
            <Button size="small" busy={isFetching} onClick={() => void query.refetch()}>
              {isFetching ? null : <RotateCw className="size-3.5" aria-hidden />}
              Look again
            </Button>
          </>
        )
      }
    >
      {data !== undefined ? (
        <Messages data={data} limit={limit} onMore={() => setLimit(MANY)} />
      ) : error !== null ? (
        <ErrorState
          title="The messages can't be looked at"
          error={error}
          onRetry={() => void query.refetch()}
        />
      ) : isAsked ? (
        <SkeletonRows rows={5} label="Looking at the messages" />
      ) : queue.depth === 0 ? (
        <NothingWaits />
      ) : (
        <EmptyState
          icon={Eye}
          title="Not looked at yet"
          action={<Button onClick={() => setAsked(true)}>Look at the first {FEW}</Button>}
        >
          RabbitMQ hands the messages out and takes them back in their places. It marks them as redelivered,
          which tasks can see.
        </EmptyState>
      )}
    </Panel>
  );
}

function NothingWaits() {
  return (
    <EmptyState icon={Inbox} title="Nothing waits">
      No message is ready in this queue.
    </EmptyState>
  );
}

interface MessagesProps {
  data: QueueMessages;
  limit: number;
  onMore: () => void;
}

function Messages({ data: { items, depth, note }, limit, onMore }: MessagesProps) {
  if (items === null) {
    return (
      <EmptyState icon={EyeOff} title="They can't be looked at">
        {note}
      </EmptyState>
    );
  }
  if (items.length === 0) return <NothingWaits />;
  return (
    <>
      <WaitingMessageTable messages={items} />
      {note === null ? null : (
        <Notice tone="gray" icon={Info} className="mx-4 my-3">
          {note}
        </Notice>
      )}
      {depth > items.length ? (
        <p className="flex flex-wrap items-center gap-3 px-4 py-2.5 text-ink-muted text-sm">
          The first {formatCount(items.length)} of {formatCount(depth)}
          {limit < MANY && items.length === limit ? (
            <Button size="small" onClick={onMore}>
              Show up to {MANY}
            </Button>
          ) : null}
        </p>
      ) : null}
    </>
  );
}
