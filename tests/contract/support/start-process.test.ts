import { expect, test } from "vitest";
import { runCommand } from "@/tests/support/run-command";
import { startProcess } from "@/tests/support/start-process";
import { waitFor } from "@/tests/support/wait-for";

/** A program that starts a child and, through it, a grandchild; prints both ids. */
const FAMILY = `
  import { startProcess } from "@/tests/support/start-process";
  const running = await startProcess({ command: "sh", args: ["-c", "sleep 600 & echo child=$$ grandchild=$!; wait"] });
  await running.waitForOutput("grandchild");
  console.log(running.output());
  setInterval(() => undefined, 1000);
`;

test("kills a whole process group when the process that started it is killed", async () => {
  const parent = await startProcess({
    command: process.execPath,
    args: ["--import", "tsx", "--input-type=module", "--eval", FAMILY],
  });
  await parent.waitForOutput(/grandchild=\d+\n/);
  const ids = [...parent.output().matchAll(/child=(\d+)/g)].map((match) => match[1] ?? "");
  expect(ids).toHaveLength(2);
  // By the kernel's hand, so that no hook of ours can run.
  process.kill(parent.pid, "SIGKILL");
  const group = Number(ids[0]);
  await waitFor(async () => !(await listLiveGroups()).includes(group), { what: `the end of ${ids.join()}` });
});

test("kills what a program started, too", async () => {
  const family = await startProcess({ command: "sh", args: ["-c", "sleep 600 & echo ready; wait"] });
  await family.waitForOutput("ready");
  await family.kill();
  expect(await family.exited).toBe("SIGKILL");
  await waitFor(async () => !(await listLiveGroups()).includes(family.pid), { what: "the end of the group" });
});

test("says what a program printed when it ends before it is ready", async () => {
  const running = await startProcess({ command: "sh", args: ["-c", "echo no such option; exit 3"] });
  await expect(running.waitForOutput("ready")).rejects.toThrow(
    /ended before there was ready.*no such option/s,
  );
  expect(await running.exited).toBe(3);
});

test("a program that does not exist is an error at once", async () => {
  await expect(startProcess({ command: "no-such-program", args: [] })).rejects.toThrow("does not start");
});

/** Process groups that have more than zombies, which wait for a parent to take notice of their end. */
async function listLiveGroups(): Promise<number[]> {
  const lines = (await runCommand("ps", ["-e", "-o", "pgid=,stat="])).trim().split("\n");
  return lines.filter((line) => !/ Z/.test(line)).map((line) => Number.parseInt(line, 10));
}
