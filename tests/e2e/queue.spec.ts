import { expect, test } from "./stack/test";

test("a queue that never was is said to be none", async ({ page }) => {
  await page.goto("/queue/never%2Fwas");
  await expect(page.getByText("No such queue")).toBeVisible();
  await expect(page.getByText("never/was")).toBeVisible();
});
