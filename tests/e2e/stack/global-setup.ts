import { sendBurst } from "@/examples/demo/shop-project";
import { startDemo } from "@/examples/demo/start-demo";
import { ensureDebianPackages } from "@/tests/support/ensure-debian-packages";
import { getFreePort } from "@/tests/support/get-free-port";
import { shareStack } from "./shared-stack";

const FIRST_CALLS = 60;

/** Starts the demo's stack once for all stories, with some history and no steady traffic; returns what stops it. */
// biome-ignore lint/style/noDefaultExport: Playwright calls the default export of its set-up
export default async function startStack(): Promise<() => Promise<void>> {
  await ensureDebianPackages(["chromium"]);
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const demo = await startDemo({ broker: "redis", port: await getFreePort(), traffic: null, log });
  try {
    await sendBurst(demo.shop, FIRST_CALLS, 1);
  } catch (error) {
    await demo.stop();
    throw error;
  }
  shareStack({ url: demo.url, outsideUrl: demo.outsideUrl, brokerUrl: demo.brokerUrl, shop: demo.shop });
  return demo.stop;
}
