import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createWorkerRecord } from "@/lib/celery/worker-record";
import { AnswerBook } from "@/lib/collector/answer-book";
import { RecentRecords } from "@/lib/collector/recent-records";
import { WorkerInquiry } from "@/lib/collector/worker-inquiry";
import { createPreview } from "@/lib/redispatch/create-preview";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { upsertWorkers } from "@/lib/store/workers";
import { makePreviewRequest } from "@/tests/contract/redispatch/plain-requests";
import { makeTask } from "@/tests/contract/store/make-task";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";

/** So many rounds of questions a worker must leave unanswered. */
const ROUNDS = 3;

describe.each(["newest", "oldest"] as const)(
  "beside a worker of the %s Celery that takes pickle only",
  (set) => {
    const folder = makeTempFolder("pickle");
    let redis: RedisServer;
    let projects: readonly TestProject[];
    let broker: Broker;
    let store: Store;

    beforeAll(async () => {
      redis = await startRedisServer();
      const environment = await ensurePythonEnvironment(set);
      projects = await Promise.all(
        (["pickle", "json"] as const).map((content) =>
          createTestProject({ environment, brokerUrl: redis.url, acceptContent: [content] }),
        ),
      );
      broker = openBroker({ url: redis.url });
      store = await openStore(`file:${join(folder, "store.db")}`);
    });
    afterAll(async () => {
      await Promise.all([
        broker?.close(),
        store?.close(),
        ...(projects ?? []).map((project) => project.stop()),
      ]);
      await redis?.stop();
      removeFolder(folder);
    });

    test("its tasks are blocked, and those for a worker that takes JSON are not", async () => {
      const workers = await Promise.all(
        projects.map((project, index) =>
          project.startWorker({ name: `w${index}`, queues: [index === 0 ? "pickled" : "plain"] }),
        ),
      );
      const recent = new RecentRecords();
      const now = Date.now();
      const records = workers.map(({ hostname }) => {
        return { ...createWorkerRecord(hostname, now), announced: "online" as const, freqSeconds: 2 };
      });
      for (const record of records) recent.workers.set(record.hostname, record);
      await upsertWorkers(store, records);
      const book = new AnswerBook({ workers: records, answers: new Map() });
      const inquiry = new WorkerInquiry({
        ...{ broker, store, recent, book },
        ...{ mayEnableEvents: false, put: () => undefined },
      });

      const tasks = ["pickled", "plain"].map((queue) =>
        makeTask({ id: queue, state: "FAILURE", queue, args: "()" }),
      );
      await upsertTasks(store, tasks);
      for (let round = 1; round < ROUNDS; round += 1) await inquiry.ask();
      expect(await listBlocked()).toEqual([]);
      await inquiry.ask();
      expect(await listBlocked()).toMatchObject([
        { reason: "unknown-serializer", count: 1, exampleIds: ["pickled"] },
      ]);
    });

    async function listBlocked() {
      const request = makePreviewRequest({ ids: ["pickled", "plain"] });
      const settings = { routes: {}, defaultQueue: "celery" };
      return (await createPreview({ store, results: null }, settings, request)).summary.blocked;
    }
  },
);
