import { spawn } from "node:child_process";
import { once } from "node:events";
import { compileProgram } from "@/tests/support/compile-program";
import type { EventsToPublish, PublishedEvents } from "./publish-process";

/** A process that has its messages ready. */
export interface Publisher {
  /** Begins, and says what it published when it is done: with all of it, or with what it had when it was told to stop. */
  publish(): Promise<PublishedEvents>;
  stop(): void;
}

/** Starts a process that makes the messages; publishing costs it little then. */
export async function startPublisher(options: EventsToPublish): Promise<Publisher> {
  const program = await compileProgram("bench/ingest/publish-process.ts");
  const child = spawn(process.execPath, [...program, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  while (!output.includes("ready\n")) {
    if (child.exitCode !== null) throw new Error(`the publisher ended with ${child.exitCode}`);
    await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  }
  return {
    async publish() {
      child.stdin.write("go\n");
      const [status] = await once(child, "close");
      if (status !== 0) throw new Error(`the publisher ended with ${status}`);
      return JSON.parse(output.trim().split("\n").at(-1) ?? "");
    },
    stop: () => void child.stdin.end(),
  };
}
