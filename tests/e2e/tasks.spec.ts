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
