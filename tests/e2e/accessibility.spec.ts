import { expectAccessibleInThemes } from "./expect-accessible";
import { expectToFitPhone } from "./expect-to-fit-phone";
import { expect, test } from "./stack/test";

const PAGES = [
  { path: "/", ready: "Newest failures" },
  { path: "/tasks", ready: "shop.tasks" },
  { path: "/types", ready: "shop.tasks" },
  { path: "/type/shop.tasks.charge_card", ready: "Wait in the worker" },
  { path: "/queues", ready: "default" },
  { path: "/queue/default", ready: "First waiting messages" },
  { path: "/workers", ready: "orders@" },
  { path: "/stuck", ready: "Stuck tasks" },
  { path: "/retries", ready: "Retries" },
  { path: "/activity", ready: "What was done" },
  { path: "/settings", ready: "CELERIAC_RETENTION_GB" },
  { path: "/login", ready: "Password" },
] as const;

for (const { path, ready } of PAGES) {
  test(`${path} has no accessibility defect in light and dark, and fits a phone's screen`, async ({
    page,
  }) => {
    await page.goto(path);
    await expect(page.getByText(ready).first()).toBeVisible();
    await expectAccessibleInThemes(page);
    await expectToFitPhone(page);
  });
}

test("no page of a task or a worker is wider than a phone's screen", async ({ page, stack }) => {
  const [task] = await stack.api.listTasks({ state: ["SUCCESS"] });
  const [worker] = await stack.api.listWorkers();
  for (const path of [`/task/${task?.id}`, `/worker/${encodeURIComponent(worker?.hostname ?? "")}`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectToFitPhone(page);
  }
});
