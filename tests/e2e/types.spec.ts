import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { expectAccessibleInThemes } from "./expect-accessible";
import { expect, test } from "./stack/test";

const CHARGE = "shop.tasks.charge_card";
const COUPON = "shop.tasks.apply_coupon";

test("types are listed with their numbers, sorted and found", async ({ page, stack }) => {
  await expect.poll(async () => (await stack.api.listQueues()).every(({ depth }) => depth === 0)).toBe(true);
  const count = (state: string) => stack.api.countTasks({ source: "events", name: [CHARGE], state: [state] });
  // Other stories may have made some fail before.
  const [succeeded, failed] = [await count("SUCCESS"), await count("FAILURE")];
  expect(succeeded).toBeGreaterThan(0);
  await page.goto("/types?range=hour");
  const table = page.getByRole("table", { name: "Task types" });
  const row = table.getByRole("row").filter({ hasText: CHARGE });
  // The collector writes numbers every ten seconds.
  await expect(row.getByRole("img")).toHaveAccessibleName(`${succeeded} tasks succeeded, ${failed} failed`, {
    timeout: 30_000,
  });
  await expect(page.getByText("isn't known yet: Celeriac has listened since")).toBeVisible();

  await page.getByRole("button", { name: "p95" }).click();
  await expect(page).toHaveURL(/sort=p95/);
  await expect(table.getByRole("columnheader", { name: "p95" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("button", { name: "Task", exact: true }).click();
  await expect(table.getByRole("columnheader", { name: "Task", exact: true })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await expect(table.getByRole("row").nth(1)).toContainText("reports.tasks.build_export");
  await page.getByRole("searchbox", { name: "Find a task type" }).fill("charge");
  await expect(table.getByRole("row")).toHaveCount(2);

  await row.getByRole("link", { name: `Tasks of ${CHARGE}`, exact: true }).click();
  await expect(page).toHaveURL(/\/tasks\?name=shop\.tasks\.charge_card/);
});

test("a page is fetched ahead when its link is pointed at, and not before", async ({ page }) => {
  const fetched = new Set<string>();
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (searchParams.has("_rsc")) fetched.add(pathname);
  });
  await page.goto("/types");
  await page.getByRole("link", { name: CHARGE, exact: true }).hover();
  await expect.poll(() => [...fetched]).toEqual([`/type/${CHARGE}`]);
});

test("a type that no worker knows is pointed out", async ({ page, demo }) => {
  const redis = new Redis(demo.brokerUrl);
  try {
    await redis.publish("/0.celeryev/task.sent", makeSentEvent(COUPON));
  } finally {
    redis.disconnect();
  }
  await page.goto("/types");
  const row = page.getByRole("row").filter({ hasText: COUPON });
  await expect(row.getByText("Registered nowhere").first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: /^Registered nowhere/ }).click();
  await expect(page.getByRole("table", { name: "Task types" }).getByRole("row")).toHaveCount(2);
  await row.getByRole("link", { name: COUPON, exact: true }).click();
  await expect(page.getByText("no worker online knows it")).toBeVisible();
  await expect(page.getByText("registered on no worker that is online")).toBeVisible();
});

test("a type's page shows its numbers over time, and what is none says so", async ({ page }) => {
  await page.goto(`/type/${CHARGE}`);
  await expect(page.getByRole("heading", { level: 1, name: CHARGE })).toBeVisible();
  for (const title of ["Finished tasks", "Run time", "Wait in the queue", "Wait in the worker"]) {
    await expect(page.getByRole("heading", { level: 3, name: title })).toBeVisible();
  }
  await expect(page.getByText(/^Run time of shop\.tasks\.charge_card.*p50: now .* s/)).toBeAttached({
    timeout: 30_000,
  });
  await expectAccessibleInThemes(page);
  await page.goto("/type/never%2Fwas");
  await expect(page.getByText("No such task type")).toBeVisible();
});

function makeSentEvent(name: string): string {
  const event = {
    ...{ type: "task-sent", uuid: randomUUID(), hostname: "gen1@story", pid: 1, clock: 1 },
    ...{ timestamp: Date.now() / 1000, name, args: "()", kwargs: "{}", retries: 0, queue: "default" },
  };
  const body = Buffer.from(JSON.stringify(event)).toString("base64");
  return JSON.stringify({
    body,
    "content-type": "application/json",
    properties: { body_encoding: "base64" },
  });
}
