import { describe, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { createWorkerRecord } from "@/lib/celery/worker-record";
import { AnswerBook } from "@/lib/collector/answer-book";
import { RecentRecords } from "@/lib/collector/recent-records";
import { WorkerInquiry } from "@/lib/collector/worker-inquiry";
import type { Store } from "@/lib/store/store";
import { getWorker, upsertWorkers } from "@/lib/store/workers";
import { waitFor } from "@/tests/support/wait-for";
import { STORE_DATABASES, withStoreEach } from "../store/open-stores";

const HOSTNAME = "mail@box";

describe.each(STORE_DATABASES)("questions to a worker that has just started: %s", (_provider, start) => {
  let store: Store;
  withStoreEach(start, (opened) => {
    store = opened;
  });

  /** Questions to one worker, which has said that it is online and no more. */
  async function createInquiry(broker: Broker): Promise<WorkerInquiry> {
    const recent = new RecentRecords();
    const record = { ...createWorkerRecord(HOSTNAME, Date.now()), announced: "online" as const, pid: 7 };
    recent.workers.set(HOSTNAME, record);
    await upsertWorkers(store, [record]);
    return new WorkerInquiry({
      ...{ broker, store, recent, mayEnableEvents: true, put: () => undefined },
      book: new AnswerBook({ workers: [], answers: new Map() }),
    });
  }
  const readAnswers = async () => (await getWorker(store, HOSTNAME))?.answers;

  test("are put again until each is answered, and no longer", async () => {
    // Its mailbox opens between the first question and the second.
    const deaf = new Set(["enable_events"]);
    const heard: string[] = [];
    const inquiry = await createInquiry(answerAs(heard, { isDeafTo: (method) => deaf.has(method) }));
    await inquiry.greet();
    expect(await readAnswers()).toMatchObject({ queues: ["mail"], taskEvents: null });
    deaf.clear();
    await inquiry.greet();
    expect(await readAnswers()).toMatchObject({ queues: ["mail"], taskEvents: true });
    await inquiry.greet();
    const short = ["stats", "active_queues"];
    const long = ["registered", "conf"];
    expect(heard).toEqual([...short, ...long, "enable_events", ...short]);
  });

  test("are kept as far as they are answered while it is still writing down all that it knows", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const before = async (method: string) => (method === "registered" ? await finished : undefined);
    const inquiry = await createInquiry(answerAs([], { before }));
    const greeted = inquiry.greet();
    await waitFor(async () => (await readAnswers()) !== null);
    expect(await readAnswers()).toMatchObject({ queues: ["mail"], taskEvents: true, registered: null });
    finish();
    await greeted;
    expect(await readAnswers()).toMatchObject({ queues: ["mail"], taskEvents: true, registered: [] });
  });
});

interface Hearing {
  readonly isDeafTo?: (method: string) => boolean;
  /** Ends when it is ready to answer. */
  readonly before?: (method: string) => Promise<void>;
}

/** A broker with one worker; `heard` gets the questions that it hears. */
function answerAs(heard: string[], { isDeafTo, before }: Hearing): Broker {
  const replies: Readonly<Record<string, string>> = {
    enable_events: '{"ok": "task events enabled"}',
    stats: '{"pid": 7}',
    active_queues: '[{"name": "mail"}]',
    registered: "[]",
    conf: "{}",
  };
  const broker: Pick<Broker, "control"> = {
    control: async ({ method }) => {
      if (isDeafTo?.(method)) return { listeners: null, replies: [] };
      heard.push(method);
      await before?.(method);
      const read = parseWireJson(replies[method] ?? "");
      const value = read.ok ? read.value : null;
      return { listeners: null, replies: [{ hostname: HOSTNAME, value, error: null }] };
    },
  };
  return broker as Broker;
}
