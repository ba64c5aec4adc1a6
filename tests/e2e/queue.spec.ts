import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { expect, test } from "./stack/test";

/** A name that must be escaped in a path, of a queue that nobody consumes. */
const QUEUE = "invoices/eu.2026 %2F";
const SEPARATOR = "\x06\x16";
/** An exchange that is known already, so that what is bound to it is seen within seconds. */
const BINDINGS = "_kombu.binding.mail";
const BINDING = [QUEUE, "", QUEUE].join(SEPARATOR);

test("a queue that nobody consumes is noticed, looked into and purged", async ({ page, stack, demo }) => {
  const redis = new Redis(demo.brokerUrl);
  try {
    await redis.sadd(BINDINGS, BINDING);
    for (const total of [10, 20, 30]) await push(redis, total);
    await redis.lpush(QUEUE, '{"headers": {}}');
    await expect
      .poll(async () => (await stack.api.listQueues()).find(({ name }) => name === QUEUE)?.depth)
      .toBe(4);

    await page.goto("/queues");
    await page.getByRole("link", { name: QUEUE, exact: true }).click();
    await expect(page).toHaveURL(/\/queue\/invoices%2Feu\.2026%20%252F$/);
    await expect(page.getByRole("heading", { level: 1, name: QUEUE })).toBeVisible();
    await expect(page.getByText("4 messages wait and nobody consumes this queue.")).toBeVisible();
    const rows = page.getByRole("table", { name: "First waiting messages" }).getByRole("row");
    await expect(rows.nth(1)).toContainText("billing.tasks.send_invoice");
    await expect(rows.nth(1)).toContainText('[10] {"password": "***"}');
    await expect(rows.nth(4)).toContainText("Kills workers");
    await expect(page.getByText("hunter2")).toHaveCount(0);

    await page.getByRole("button", { name: "Purge", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `Purge ${QUEUE}?` });
    await push(redis, 40);
    await dialog.getByRole("button", { name: "Purge 4 messages" }).click();
    await expect(dialog.getByRole("alert")).toContainText("is 5 now, not 4: nothing was purged");
    expect(await redis.llen(QUEUE)).toBe(5);
    await dialog.getByRole("button", { name: "Purge 5 messages" }).click();
    await expect(page.getByText(`Purged 5 messages from ${QUEUE}`)).toBeVisible();
    await expect(page.getByText("Nothing waits", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Purge", exact: true })).toBeDisabled();
    expect(await redis.exists(QUEUE)).toBe(0);
  } finally {
    await redis.srem(BINDINGS, BINDING);
    await redis.del(QUEUE);
    redis.disconnect();
  }
});

test("a queue that never was is said to be none", async ({ page }) => {
  await page.goto("/queue/never%2Fwas");
  await expect(page.getByText("No such queue")).toBeVisible();
  await expect(page.getByText("never/was")).toBeVisible();
});

async function push(redis: Redis, total: number): Promise<void> {
  const message = createTaskMessage({
    ...{ id: randomUUID(), task: "billing.tasks.send_invoice", origin: "story" },
    ...{ args: [String(total)], kwargs: new Map([["password", "hunter2"]]), argsRepr: `[${total}]` },
    kwargsRepr: null,
  });
  const delivery = { exchange: "", routingKey: QUEUE, deliveryTag: randomUUID() };
  await redis.lpush(QUEUE, encodeVirtualEnvelope(message, delivery));
}
