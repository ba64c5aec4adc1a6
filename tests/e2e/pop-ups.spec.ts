import { expectAccessible, expectDialogAccessible } from "./expect-accessible";
import { expect, test } from "./stack/test";

test("a task, its retry dialog and the filters' pop-ups have no accessibility defect", async ({
  page,
  stack,
}) => {
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

test("a worker, its dialogs and the bar of several have no accessibility defect", async ({ page, stack }) => {
  const [worker] = await stack.api.listWorkers();
  await page.goto(`/worker/${encodeURIComponent(worker?.hostname ?? "")}`);
  await expect(page.getByRole("list", { name: "Processes" })).toBeVisible();
  await expectAccessible(page);
  for (const name of ["Grow", "Autoscale", "Add a queue", "Shut down"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await (name === "Grow" ? expectAccessible(page) : expectDialogAccessible(page));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }

  await page.goto("/workers");
  await page.getByRole("checkbox", { name: "Select all workers that are online" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Shrink" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});
