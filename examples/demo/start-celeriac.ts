import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { type RunningProcess, startProcess } from "@/tests/support/start-process";
import { StopWaiting, waitFor } from "@/tests/support/wait-for";

const READY_TIMEOUT_MS = 60_000;

export interface Celeriac {
  readonly url: string;
  readonly process: RunningProcess;
}

interface CeleriacOptions {
  readonly port: number;
  /** Settings by their names in the environment; none is taken over from ours. */
  readonly settings: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

/** Settings that a person may have in her shell for her own Celeriac; an empty one counts as unset. */
const CLEARED = {
  CELERIAC_PASSWORD: "",
  CELERIAC_READ_ONLY: "",
  CELERIAC_ENABLE_EVENTS: "",
  CELERIAC_REDACT: "",
  CELERIAC_ROUTES: "",
  CELERIAC_RETENTION_DAYS: "",
  CELERIAC_BROKER_OPTIONS: "",
  RABBITMQ_MANAGEMENT_URL: "",
};

/** Starts Celeriac as `npm start` does, from its production build, and waits until it answers. */
export async function startCeleriac({ port, settings, onOutput }: CeleriacOptions): Promise<Celeriac> {
  const url = `http://127.0.0.1:${port}`;
  const running = await startProcess({
    command: process.execPath,
    args: ["bin/celeriac.mjs"],
    cwd: REPOSITORY_ROOT,
    env: { ...CLEARED, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port), ...settings },
    onOutput,
  });
  const what = () => `Celeriac at ${url}:\n${running.output()}`;
  try {
    await waitFor(() => answers(url, running, what), { timeoutMs: READY_TIMEOUT_MS, what });
  } catch (error) {
    await running.stop();
    throw error;
  }
  return { url, process: running };
}

async function answers(url: string, running: RunningProcess, what: () => string): Promise<boolean> {
  if (running.hasExited()) throw new StopWaiting(`it ended before there was ${what()}`);
  const response = await fetch(`${url}/healthcheck`);
  return response.ok && (await response.text()).trim() === "OK";
}
