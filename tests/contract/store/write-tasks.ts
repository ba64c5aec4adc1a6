// A process of its own that writes tasks into a store, for tests of two writers: <database url> <prefix> <batches>. It opens the
// store, says so, and writes when it gets SIGUSR2.
import { once } from "node:events";
import { openStore } from "@/lib/store/open-store";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "./make-task";

const BATCH_ROWS = 200;

const [, , url = "", prefix = "", batches = "0"] = process.argv;
const store = await openStore(url);
const told = once(process, "SIGUSR2");
const patience = setInterval(() => undefined, 1_000);
process.stdout.write("open\n");
await told;
clearInterval(patience);
for (let batch = 0; batch < Number(batches); batch++) {
  const ids = Array.from({ length: BATCH_ROWS }, (_, index) => `${prefix}-${batch * BATCH_ROWS + index}`);
  await upsertTasks(store, [makeTask({ id: "shared", args: prefix }), ...ids.map((id) => makeTask({ id }))]);
}
await store.close();
