import { ensurePythonEnvironment, type PythonSet } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startProcess } from "@/tests/support/start-process";
import { waitFor } from "@/tests/support/wait-for";

/** Flower as it comes, at work on a broker. */
export interface Flower {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts Flower from PyPI; it takes events in when this returns. */
export async function startFlower(set: PythonSet, brokerUrl: string): Promise<Flower> {
  const { python } = await ensurePythonEnvironment(set);
  const folder = makeTempFolder("flower");
  const port = await getFreePort();
  const url = `http://127.0.0.1:${port}`;
  const flower = await startProcess({
    command: python,
    args: ["-m", "celery", "--broker", brokerUrl, "flower", "--address=127.0.0.1", `--port=${port}`],
    cwd: folder,
    // Else it answers no request to its API while it has no users.
    env: { FLOWER_UNAUTHENTICATED_API: "true" },
  });
  const what = () => `Flower:\n${flower.output()}`;
  await waitFor(async () => (await fetch(`${url}/healthcheck`)).ok, { timeoutMs: 60_000, what });
  // Its reader of events connects in a thread of its own.
  await flower.waitForOutput("Connected to", 60_000);
  return {
    url,
    pid: flower.pid,
    async stop() {
      await flower.kill();
      removeFolder(folder);
    },
  };
}
