import { expect, onTestFinished, test } from "vitest";
import { EventBuffer } from "@/lib/collector/event-buffer";
import { EventWriter } from "@/lib/collector/event-writer";
import { GapWatch } from "@/lib/collector/gap-watch";
import { KwargWatch } from "@/lib/collector/numbers/kwarg-watch";
import { NumberKeeper } from "@/lib/collector/numbers/number-keeper";
import { RecentRecords } from "@/lib/collector/recent-records";
import { SentTasks } from "@/lib/collector/sent-tasks";
import { StartCount } from "@/lib/collector/start-count";
import { listEventGaps } from "@/lib/store/event-gaps";
import { openStore } from "@/lib/store/open-store";
import { countTasks } from "@/lib/store/tasks";
import { getThroughput } from "@/lib/store/throughput";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";

const LIMIT = 5_000;
const TOO_MANY = 2_345;

test("takes what it has room for, drops what is beyond and says how many", async () => {
  const folder = makeTempFolder("shedding");
  onTestFinished(() => removeFolder(folder));
  const store = await openStore(`file:${folder}/store.db`);
  onTestFinished(() => store.close());
  const now = Date.now();
  const buffer = new EventBuffer({ maxMessages: LIMIT });
  const gaps = new GapWatch(store, buffer, now);
  const writer = new EventWriter({
    ...{
      store,
      buffer,
      recent: new RecentRecords(),
      sent: new SentTasks(),
      starts: new StartCount(() => undefined),
    },
    ...{ numbers: new NumberKeeper(store), kwargs: new KwargWatch(), wanted: null, notices: null },
  });
  for (let number = 0; number < LIMIT + TOO_MANY; number += 1) {
    buffer.add(writeFailure(`t${number}`, now), now);
  }
  await gaps.save(now + 1_000);
  await writer.flushAll();

  expect(await countTasks(store, { states: ["FAILURE"] }, 2 * LIMIT)).toEqual({ count: LIMIT, exact: true });
  const { points } = await getThroughput(store, { minutes: 5, points: 1, now });
  expect(points[0]?.failed).toBe(LIMIT);
  expect(await listEventGaps(store, 0, now + 1_000)).toEqual([
    { from: now, to: now + 1_000, cause: "dropped", events: TOO_MANY, isMinimum: false },
  ]);
});

function writeFailure(uuid: string, now: number): string {
  const event = { type: "task-failed", uuid, hostname: "w1", timestamp: now / 1000, pid: 1, clock: 1 };
  const body = Buffer.from(JSON.stringify({ ...event, exception: "ValueError(1)" })).toString("base64");
  return JSON.stringify({
    body,
    "content-type": "application/json",
    properties: { body_encoding: "base64" },
  });
}
