import { expect, test } from "vitest";
import type { ManagedQueue } from "@/lib/broker/amqp/managed-queue";
import { QueueAge } from "@/lib/broker/amqp/queue-age";

const QUEUE: ManagedQueue = {
  ...{ name: "jobs", isExclusive: false, ready: 0, unacked: 0, consumers: 0, byPriority: null },
  ...{ hasPriorities: false, headSentAt: null, publishCount: 0, publishPerSecond: 0, ackPerSecond: 0 },
};

test("an empty queue has no wait", () => {
  expect(new QueueAge().estimate(5_000, 0, undefined)).toEqual({ seconds: 0, isMinimum: false });
});

test("without the API only a queue that was just seen empty tells an age", () => {
  const age = new QueueAge();
  expect(age.estimate(0, 3, undefined)).toBeNull();
  age.estimate(1_000, 0, undefined);
  expect(age.estimate(2_000, 1, undefined)).toEqual({ seconds: 1, isMinimum: false });
  expect(age.estimate(4_000, 1, undefined)).toBeNull();
});

test("until the API shows a message our own looks date it; then the counts do, and it ages between the answers", () => {
  const age = new QueueAge();
  age.noteManaged(QUEUE, 1_000);
  age.estimate(1_000, 0, QUEUE);
  expect(age.estimate(4_000, 1, QUEUE)).toEqual({ seconds: 3, isMinimum: false });
  const later = { ...QUEUE, ready: 1, publishCount: 1 };
  age.noteManaged(later, 6_000);
  expect(age.estimate(6_000, 1, later)).toEqual({ seconds: 2.5, isMinimum: false });
  age.noteManaged(later, 6_000);
  expect(age.estimate(9_000, 1, later)).toEqual({ seconds: 5.5, isMinimum: false });
});

test("what the API dates before the queue was seen empty is not believed", () => {
  const age = new QueueAge();
  age.noteManaged(QUEUE, 0);
  const full = { ...QUEUE, ready: 2, publishCount: 2 };
  age.noteManaged(full, 5_000);
  age.estimate(20_000, 0, full);
  expect(age.estimate(21_000, 1, full)).toEqual({ seconds: 1, isMinimum: false });
});

test("a sender's timestamp counts most; of several priorities the oldest is not known", () => {
  const sent = { ...QUEUE, ready: 1, headSentAt: 4_000 };
  expect(new QueueAge().estimate(10_000, 1, sent)).toEqual({ seconds: 6, isMinimum: false });
  expect(new QueueAge().estimate(10_000, 1, { ...QUEUE, ready: 1, hasPriorities: true })).toBeNull();
});
