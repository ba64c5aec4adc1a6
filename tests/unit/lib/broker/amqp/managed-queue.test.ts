import { expect, test } from "vitest";
import { parseManagedQueues } from "@/lib/broker/amqp/managed-queue";

test("reads what RabbitMQ 3.10 answers", () => {
  const answer = {
    ...{ filtered_count: 3, item_count: 3, page: 1, page_count: 2, page_size: 500, total_count: 3 },
    items: [
      {
        ...{ name: "jobs", exclusive: false, consumers: 2, messages_ready: 5, messages_unacknowledged: 3 },
        ...{ head_message_timestamp: 1_795_000_000, arguments: { "x-max-priority": 10 } },
        backing_queue_status: { priority_lengths: { 0: 4, 9: 1 } },
        message_stats: {
          ...{ publish: 120, publish_details: { rate: 2.5 }, ack_details: { rate: 1.5 } },
          deliver_no_ack_details: { rate: 0.5 },
        },
      },
      { name: "new", exclusive: false, arguments: {}, head_message_timestamp: "" },
      { name: "read", exclusive: true, arguments: {}, message_stats: { ack_details: { rate: 0 } } },
    ],
  };
  const common = { isExclusive: false, ready: null, unacked: null, consumers: null, byPriority: null };
  expect(parseManagedQueues(answer)).toEqual({
    pageCount: 2,
    queues: [
      {
        ...{ name: "jobs", isExclusive: false, ready: 5, unacked: 3, consumers: 2 },
        ...{ byPriority: { 0: 4, 9: 1 }, hasPriorities: true, headSentAt: 1_795_000_000_000 },
        ...{ publishCount: 120, publishPerSecond: 2.5, ackPerSecond: 2 },
      },
      {
        ...{ ...common, name: "new", hasPriorities: false, headSentAt: null },
        ...{ publishCount: null, publishPerSecond: null, ackPerSecond: null },
      },
      {
        ...{ ...common, name: "read", isExclusive: true, hasPriorities: false, headSentAt: null },
        ...{ publishCount: 0, publishPerSecond: 0, ackPerSecond: 0 },
      },
    ],
  });
});

test("leaves out what makes no sense, and takes anything else for no answer", () => {
  expect(parseManagedQueues({ items: [{ name: 5 }, null, { name: "a", messages_ready: -1 }] })).toEqual({
    ...{ queues: [], pageCount: 1 },
  });
  for (const answer of [null, [], "x", { error: "not_authorised" }])
    expect(parseManagedQueues(answer)).toBeNull();
});
