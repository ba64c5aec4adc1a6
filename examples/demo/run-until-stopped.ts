import { getOutsideStatus, setOutage } from "./outside-service";
import type { DemoChoices } from "./parse-demo-options";
import { scheduleOutages } from "./schedule-outages";
import { type Demo, startDemo } from "./start-demo";
import { waitForSignal } from "./stop-signals";

const OUTAGES = { firstAfterMs: 20_000, downMs: 40_000, upMs: 110_000 };
/** Enough at the start that no page is empty. */
const FIRST_CALLS = 150;

/**
 * Runs the demo until a signal or the end of one of its parts; returns the exit status. A signal during the start ends
 * this process at once, and with it whatever had started.
 */
export async function runUntilStopped(port: number, choices: DemoChoices): Promise<number> {
  const traffic = { rate: choices.rate, burst: FIRST_CALLS, seed: choices.seed };
  const demo = await startDemo({ broker: choices.broker, port, traffic, log: print });
  const ending = waitForSignal();
  introduce(demo);
  const outages = new AbortController();
  scheduleOutages(OUTAGES, (down) => switchOutage(demo, down), outages.signal).catch(reportOutageTrouble);
  const unplug = listenToKeys({
    o: () => {
      // From here on the outage is the person's: no schedule switches it behind her back.
      outages.abort();
      toggleOutage(demo).catch(reportOutageTrouble);
    },
  });
  const endedPart = Promise.race(demo.parts.map(async (part) => ({ part, how: await part.process.exited })));
  const end = await Promise.race([ending, endedPart]);
  outages.abort();
  unplug();
  if (typeof end !== "string") {
    print(
      `\n${end.part.name} ended (${end.how}). Its last words:\n${end.part.process.output().slice(-3000)}`,
    );
  }
  print("Stopping …");
  await demo.stop();
  print("Stopped; nothing is left running.");
  return typeof end === "string" ? 0 : 1;
}

function introduce(demo: Demo): void {
  const width = Math.max(...demo.parts.map(({ name }) => name.length));
  const lines = demo.parts.map(({ name, detail }) => `  ${name.padEnd(width)}  ${detail}`);
  print(`
  Celeriac is at  ${demo.url}

${lines.join("\n")}
  ${"data, logs".padEnd(width)}  ${demo.folder}

  In 20 s the outside service goes down for 40 s, and every 150 s again: tasks fail, and can be retried.
  ${process.stdin.isTTY ? "o  takes it down or brings it back by hand      " : ""}Ctrl-C  stops everything
`);
}

async function toggleOutage(demo: Demo): Promise<void> {
  const { down } = await getOutsideStatus(demo.outsideUrl);
  await switchOutage(demo, !down);
}

async function switchOutage(demo: Demo, down: boolean): Promise<void> {
  await setOutage(demo.outsideUrl, down);
  const time = new Date().toLocaleTimeString("en-GB");
  print(`${time}  the outside service is ${down ? "down: tasks begin to fail" : "up again: time to retry"}`);
}

function reportOutageTrouble(error: unknown): void {
  print(`the outage could not be switched: ${error instanceof Error ? error.message : error}`);
}

/** Takes single keys from a terminal; without one it does nothing. Returns what gives the terminal back. */
function listenToKeys(keys: Readonly<Record<string, () => void>>): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => undefined;
  const onKey = (key: string) => {
    // A raw terminal sends Ctrl-C as a character.
    if (key === "\u0003") process.kill(process.pid, "SIGINT");
    else keys[key]?.();
  };
  stdin.setRawMode(true).setEncoding("utf8").on("data", onKey).resume();
  return () => void stdin.off("data", onKey).setRawMode(false).pause();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
