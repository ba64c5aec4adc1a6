import type { Page } from "@playwright/test";
import { SHOP_FOLDER, type Shop } from "@/examples/demo/shop-project";
import { runCommand } from "@/tests/support/run-command";
import { expect, type Stack, test } from "./stack/test";

const RATE_LIMITED = "shop.tasks.deliver_webhook";
/** A pool changes a moment after its worker has answered, and the page asks again every 15 s. */
const ASKED_AGAIN = { timeout: 40_000 };

test("a pool grows by a process and shrinks again, in the worker's own words", async ({ page, stack }) => {
  const hostname = await openWorker(page, stack, "orders@");
  const processes = page.getByRole("list", { name: "Processes" }).getByRole("listitem");
  await expect(processes).toHaveCount(4);

  await page.getByRole("button", { name: "Grow" }).click();
  const dialog = page.getByRole("dialog", { name: "Grow the pool" });
  await expect(dialog).toContainText(`${hostname} will take 1 more task at once. Lost when it restarts.`);
  await dialog.getByLabel("Processes to add").fill("two");
  await expect(dialog.getByRole("button", { name: "Add processes" })).toBeDisabled();
  await dialog.getByLabel("Processes to add").fill("1");
  await dialog.getByRole("button", { name: "Add 1 process" }).click();
  await expect(answer(page, "pool will grow")).toBeVisible();
  await expect(processes).toHaveCount(5, ASKED_AGAIN);

  await page.getByRole("button", { name: "Shrink" }).click();
  await page.getByRole("button", { name: "Remove 1 process" }).click();
  await expect(answer(page, "pool will shrink")).toBeVisible();
  await expect(processes).toHaveCount(4, ASKED_AGAIN);
});

test("a task gets a rate limit in one worker, and loses it", async ({ page, stack }) => {
  await openWorker(page, stack, "orders@");
  await page.getByLabel("Find a task").fill("webhook");
  const row = page.getByRole("table", { name: "Registered tasks" }).getByRole("row").nth(1);
  await expect(row).toContainText("none");

  const change = page.getByRole("button", { name: `Change the rate limit of ${RATE_LIMITED}` });
  await change.click();
  await page.getByRole("textbox", { name: "Rate limit" }).fill("600/m");
  await expect(page.getByRole("dialog")).toContainText(`start ${RATE_LIMITED} at most 600 times a minute`);
  await page.getByRole("button", { name: "Set the rate limit" }).click();
  await expect(row).toContainText("600/m");

  await change.click();
  await page.getByRole("textbox", { name: "Rate limit" }).fill("");
  await page.getByRole("button", { name: "Take the limit away" }).click();
  await expect(row).toContainText("none");
});

test("what a worker refuses is shown in its words, and noted", async ({ page, stack }) => {
  const hostname = await openWorker(page, stack, "mail@");
  await page.getByRole("button", { name: "Autoscale" }).click();
  const dialog = page.getByRole("dialog", { name: "Set the limits of autoscaling" });
  await expect(dialog).toContainText("so it will refuse");
  await dialog.getByRole("button", { name: "Set the limits" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Autoscale not enabled");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.goto("/activity");
  const row = page.getByRole("table", { name: "Activity" }).getByRole("row").nth(1);
  await expect(row).toContainText("Set autoscaling to 1–2");
  await expect(row).toContainText(hostname);
  await expect(row).toContainText("Not done");
  await expect(row).toContainText("Autoscale not enabled");
});

test("two workers get one command, and each answer is listed", async ({ page }) => {
  await page.goto("/workers");
  await page.getByRole("checkbox", { name: "Select orders@" }).check();
  await page.getByRole("checkbox", { name: "Select mail@" }).check();
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByRole("button", { name: "Ping" }).click();
  const answers = page.getByRole("dialog").getByRole("listitem");
  await page.getByRole("button", { name: "Ping 2 workers" }).click();
  for (const index of [0, 1]) await expect(answers.nth(index)).toContainText("pong");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();

  await page.getByRole("button", { name: "Enable events" }).click();
  await page.getByRole("button", { name: "Enable events on 2 workers" }).click();
  for (const index of [0, 1]) await expect(answers.nth(index)).toContainText("Done");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await expect(page.getByText("2 selected")).toHaveCount(0);
});

test("a task that waits for its time is revoked on its worker's page", async ({ page, stack, demo }) => {
  const id = await sendForLater(demo.shop);
  await openWorker(page, stack, "mail@");
  await page.getByRole("button", { name: `Revoke shop.tasks.send_receipt ${id}` }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke this task?" });
  await expect(dialog).toContainText("its state becomes REVOKED");
  await dialog.getByRole("button", { name: "Revoke the task" }).click();
  await expect(page.getByText("flagged as revoked").first()).toBeVisible();

  await page.goto(`/task/${id}`);
  await expect(page.getByText("Revoked", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Terminate" })).toHaveCount(0);
});

/** Opens the page of the worker whose name begins so, and returns its whole name. */
async function openWorker(page: Page, stack: Stack, prefix: string): Promise<string> {
  const workers = await stack.api.listWorkers();
  const hostname = workers.find((worker) => worker.hostname.startsWith(prefix))?.hostname ?? "";
  await page.goto(`/worker/${encodeURIComponent(hostname)}`);
  await expect(page.getByRole("heading", { level: 1, name: hostname })).toBeVisible();
  return hostname;
}

/** Sends a receipt that is due in ten minutes; returns its id. */
async function sendForLater({ python, env }: Shop): Promise<string> {
  const source = `
from shop.tasks import send_receipt
print(send_receipt.apply_async((1, "ada@example.com"), {"total": "1.00 EUR"}, countdown=600).id)`;
  const output = await runCommand(python, ["manage.py", "shell", "-c", source], { cwd: SHOP_FOLDER, env });
  return output.trim().split("\n").at(-1) ?? "";
}

/** What the worker said, as it is told at once: it is also noted among the worker's activity. */
function answer(page: Page, words: string) {
  return page.getByRole("region", { name: /Notifications/ }).getByText(words);
}
