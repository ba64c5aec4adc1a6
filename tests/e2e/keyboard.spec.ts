import { expect, test } from "./stack/test";

test("tasks are reached, selected and let go by keyboard alone", async ({ page }) => {
  await page.goto("/tasks?state=SUCCESS");
  const rows = page.getByRole("table", { name: "Tasks" }).getByRole("row");
  await expect(rows.nth(2)).toBeVisible();

  await page.keyboard.press("j");
  await expect(rows.nth(1).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("j");
  await expect(rows.nth(2).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(1).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("x");
  await expect(rows.nth(1).getByRole("checkbox")).toBeChecked();
  await expect(page.getByText("1 selected")).toBeVisible();

  await page.keyboard.press("r");
  await expect(page.getByRole("dialog", { name: "Retry this task" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 selected")).toHaveCount(0);

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});
