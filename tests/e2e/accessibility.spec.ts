import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./stack/test";

const PAGES = [
  { path: "/", ready: "Newest failures" },
  { path: "/tasks", ready: "shop.tasks" },
  { path: "/queues", ready: "default" },
  { path: "/queue/default", ready: "First waiting messages" },
  { path: "/workers", ready: "orders@" },
  { path: "/retries", ready: "Retries" },
  { path: "/login", ready: "Password" },
] as const;
const THEMES = ["light", "dark"] as const;

for (const { path, ready } of PAGES) {
  for (const colorScheme of THEMES) {
    test(`${path} has no accessibility defect in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(path);
      await expect(page.getByText(ready).first()).toBeVisible();
      await expectAccessible(page);
    });
  }
}

test("a task, its retry dialog and the filters' pop-ups have no accessibility defect", async ({
  page,
  stack,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const [task] = await stack.api.listTasks({ state: ["SUCCESS"] });
  await page.goto(`/task/${task?.id}`);
  await expect(page.getByRole("heading", { name: task?.name ?? "" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Retry", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("will be sent", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.goto("/tasks");
  await page.getByRole("button", { name: "Finished: any time" }).click();
  await expect(page.getByText("Your time zone: Asia/Kat")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Name: any" }).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
});

test("no page is wider than a phone's screen", async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const [task] = await stack.api.listTasks({ state: ["SUCCESS"] });
  for (const path of [...PAGES.map((one) => one.path), `/task/${task?.id}`]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle").catch(() => undefined);
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess, path).toBe(0);
  }
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found).toEqual([]);
}
