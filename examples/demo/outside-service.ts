import { z } from "zod";
import { getFreePort } from "@/tests/support/get-free-port";
import { type RunningProcess, startProcess } from "@/tests/support/start-process";
import { SHOP_FOLDER } from "./shop-project";

const statusSchema = z.object({ down: z.boolean(), answered: z.number(), refused: z.number() });
export type OutsideStatus = z.infer<typeof statusSchema>;

export interface OutsideService {
  readonly url: string;
  readonly process: RunningProcess;
}

/** Starts the stand-in for payments, mail, webhooks and the warehouse, and waits until it answers. */
export async function startOutsideService(
  python: string,
  onOutput: (text: string) => void,
): Promise<OutsideService> {
  const port = await getFreePort();
  const process = await startProcess({
    command: python,
    args: ["outside_service.py", String(port)],
    cwd: SHOP_FOLDER,
    onOutput,
  });
  await process.waitForOutput("outside service on");
  return { url: `http://127.0.0.1:${port}`, process };
}

/** Whether it is down, and how many calls it has answered and refused. */
export async function getOutsideStatus(url: string): Promise<OutsideStatus> {
  const response = await fetch(`${url}/status`);
  return statusSchema.parse(await response.json());
}

/** Takes the outside service down, or brings it back. */
export async function setOutage(url: string, down: boolean): Promise<void> {
  const response = await fetch(`${url}/outage`, { method: "PUT", body: JSON.stringify({ down }) });
  statusSchema.parse(await response.json());
}
