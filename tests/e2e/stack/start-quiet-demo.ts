import { sendBurst } from "@/examples/demo/shop-project";
import { type Demo, startDemo } from "@/examples/demo/start-demo";
import { getFreePort } from "@/tests/support/get-free-port";

const FIRST_CALLS = 60;

/** Starts the demo's stack with some history and no steady traffic. */
export async function startQuietDemo(): Promise<Demo> {
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const demo = await startDemo({ broker: "redis", port: await getFreePort(), traffic: null, log });
  try {
    await sendBurst(demo.shop, FIRST_CALLS, 1);
  } catch (error) {
    await demo.stop();
    throw error;
  }
  return demo;
}
