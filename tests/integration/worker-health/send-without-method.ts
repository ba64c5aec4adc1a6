import { Redis } from "ioredis";

/** What freezes a worker for good (celery-wire.md C.7): a control message without a method. Never to a broker that is not ours. */
export async function sendWithoutMethod(url: string, hostname: string): Promise<void> {
  const client = new Redis(url);
  const body = JSON.stringify({ arguments: {}, destination: [hostname] });
  const delivery = { exchange: "celery.pidbox", routing_key: "" };
  const message = {
    body: Buffer.from(body).toString("base64"),
    ...{ "content-encoding": "utf-8", "content-type": "application/json", headers: {} },
    properties: { delivery_mode: 2, delivery_info: delivery, body_encoding: "base64", delivery_tag: "bad" },
  };
  await client.publish("/0.celery.pidbox", JSON.stringify(message));
  await client.quit();
}
