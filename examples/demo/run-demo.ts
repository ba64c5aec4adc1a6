import { getFreePort, isPortFree } from "@/tests/support/get-free-port";
import { SetupError } from "@/tests/support/setup-error";
import { checkMainJob } from "./check-main-job";
import { type DemoChoices, parseDemoOptions } from "./parse-demo-options";
import { runUntilStopped } from "./run-until-stopped";
import { startDemo } from "./start-demo";
import { exitOnSignal, waitForSignal } from "./stop-signals";

const DEFAULT_PORT = 5555;
const PORTS_TO_TRY = 20;

/** `npm run demo`: returns the exit status. Nothing that it started runs on when it returns. */
export async function runDemo(argv: readonly string[]): Promise<number> {
  exitOnSignal();
  try {
    const choices = parseDemoOptions(argv);
    return await (choices.once ? runOnce(choices) : runUntilStopped(await choosePort(choices.port), choices));
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    return 1;
  }
}

async function runOnce(choices: DemoChoices): Promise<number> {
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const traffic = { rate: choices.rate, burst: 30, seed: choices.seed };
  const demo = await startDemo({
    broker: choices.broker,
    port: choices.port ?? (await getFreePort()),
    traffic,
    log,
  });
  try {
    await Promise.race([checkMainJob(demo, log), failOnSignal()]);
    log("demo: the main job works");
    return 0;
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const outputs = demo.parts.map(({ name, process }) => `--- ${name}\n${process.output().slice(-4000)}`);
    process.stderr.write(`${outputs.join("\n")}\n`);
    throw error;
  } finally {
    await demo.stop();
  }
}

async function failOnSignal(): Promise<never> {
  throw new SetupError(`stopped by ${await waitForSignal()}`);
}

/** The port that was asked for, or the first free one from Flower's on. */
async function choosePort(asked: number | null): Promise<number> {
  if (asked !== null) {
    if (await isPortFree(asked)) return asked;
    throw new SetupError(`port ${asked} is in use; take another with --port`);
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TO_TRY; port += 1) {
    if (!(await isPortFree(port))) continue;
    if (port !== DEFAULT_PORT) process.stdout.write(`Port ${DEFAULT_PORT} is in use; taking ${port}.\n`);
    return port;
  }
  return await getFreePort();
}

function describe(error: unknown): string {
  if (error instanceof SetupError) return error.message;
  return error instanceof Error ? `${error.stack}` : String(error);
}
