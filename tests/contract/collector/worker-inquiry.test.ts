import { describe, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { createWorkerRecord } from "@/lib/celery/worker-record";
import { AnswerBook } from "@/lib/collector/answer-book";
import { RecentRecords } from "@/lib/collector/recent-records";
import { WorkerInquiry } from "@/lib/collector/worker-inquiry";
import type { Store } from "@/lib/store/store";
import { getWorker, upsertWorkers } from "@/lib/store/workers";
import { STORE_DATABASES, withStoreEach } from "../store/open-stores";

const HOSTNAME = "mail@box";

describe.each(STORE_DATABASES)("questions to a worker that has just started: %s", (_provider, start) => {
  let store: Store;
  withStoreEach(start, (opened) => {
    store = opened;
  });

  test("are put again until each is answered, and no longer", async () => {
    const recent = new RecentRecords();
    const record = { ...createWorkerRecord(HOSTNAME, Date.now()), announced: "online" as const, pid: 7 };
    recent.workers.set(HOSTNAME, record);
    await upsertWorkers(store, [record]);
    // Its mailbox opens between the first question and the second.
    const deaf = new Set(["enable_events"]);
    const heard: string[] = [];
    const inquiry = new WorkerInquiry({
      broker: answerAs(heard, deaf),
      ...{ store, recent, mayEnableEvents: true, put: () => undefined },
      book: new AnswerBook({ workers: [], answers: new Map() }),
    });
    await inquiry.greet();
    expect((await getWorker(store, HOSTNAME))?.answers).toMatchObject({ queues: ["mail"], taskEvents: null });
    deaf.clear();
    await inquiry.greet();
    expect((await getWorker(store, HOSTNAME))?.answers).toMatchObject({ queues: ["mail"], taskEvents: true });
    await inquiry.greet();
    const short = ["stats", "active_queues"];
    const long = ["registered", "conf"];
    expect(heard).toEqual([...short, ...long, "enable_events", ...short]);
  });
});

/** A broker with one worker, which does not hear what is in `deaf` and keeps in `heard` what it does. */
function answerAs(heard: string[], deaf: ReadonlySet<string>): Broker {
  const replies: Readonly<Record<string, string>> = {
    enable_events: '{"ok": "task events enabled"}',
    stats: '{"pid": 7}',
    active_queues: '[{"name": "mail"}]',
    registered: "[]",
    conf: "{}",
  };
  const broker: Pick<Broker, "control"> = {
    control: async ({ method }) => {
      if (deaf.has(method)) return { listeners: null, replies: [] };
      heard.push(method);
      const read = parseWireJson(replies[method] ?? "");
      const value = read.ok ? read.value : null;
      return { listeners: null, replies: [{ hostname: HOSTNAME, value, error: null }] };
    },
  };
  return broker as Broker;
}
