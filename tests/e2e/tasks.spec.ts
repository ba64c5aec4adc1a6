import { expect, test } from "./stack/test";

test("new rows are counted and wait; a selection holds the list still", async ({ page, stack }) => {
  await page.goto("/tasks");
  const first = page.getByRole("table", { name: "Tasks" }).getByRole("row").nth(1);
  await expect(first).toBeVisible();
  const before = await first.getByRole("link").first().getAttribute("href");

  await stack.sendBurst(6, 11);
  const news = page.getByRole("button", { name: /^\+\d+ new$/ });
  await expect(news).toBeVisible();
  await expect(first.getByRole("link").first()).toHaveAttribute("href", before ?? "");

  await first.getByRole("checkbox").check();
  await expect(news).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Paused" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await news.click();
  await expect(first.getByRole("link").first()).not.toHaveAttribute("href", before ?? "");
});

test("the address is the filter, and comes back with the browser's own buttons", async ({ page }) => {
  await page.goto("/tasks?state=FAILURE&name=nothing.has.this.name");
  await expect(page.getByText("No task matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(page.getByRole("table", { name: "Tasks" }).getByRole("row").nth(1)).toBeVisible();
  await page.goBack();
  await expect(page.getByText("No task matches these filters")).toBeVisible();
});

test("an id that holds any character finds its page", async ({ page }) => {
  await page.goto(`/task/${encodeURIComponent("order/42 ä%?#")}`);
  await expect(page.getByText("No such task")).toBeVisible();
  await expect(page.getByText("order/42 ä%?#")).toBeVisible();
});

test("the theme is kept without a flash", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Theme: system" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await page.request.get("/")).text();
  expect(html).toMatch(/<html[^>]+data-theme="dark"/);
});

test("a search that ends before the end says how far it looked, and goes on", async ({ page }) => {
  // Only a table of millions of rows makes a search end early, so the first answer is made to be such a table's.
  await page.route(/\/api\/v1\/tasks\?.*q=unfindable/, async (route) => {
    if (new URL(route.request().url()).searchParams.has("cursor")) return await route.continue();
    const answer = await (await route.fetch()).json();
    const searchedBackTo = "2026-03-01T10:00:00.000Z";
    await route.fulfill({ json: { ...answer, items: [], nextCursor: "s", searchedBackTo, slow: "text" } });
  });
  await page.goto("/tasks?q=unfindable");
  await expect(page.getByText("Nothing found so far")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /Searched back to .+row by row/ })).toBeVisible();
  await page.getByRole("button", { name: "Search further" }).click();
  await expect(page.getByText("No task matches these filters")).toBeVisible();
});

test("a full task id finds its task", async ({ page, stack }) => {
  const [task] = await stack.api.listTasks({ state: ["SUCCESS"] });
  await page.goto("/tasks");
  await page.getByRole("searchbox").fill(task?.id ?? "");
  const rows = page.getByRole("table", { name: "Tasks" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1).getByRole("link").first()).toHaveAttribute("href", `/task/${task?.id}`);
});
