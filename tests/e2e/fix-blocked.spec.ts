import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { causeFailures } from "./stack/cause-failures";
import { expect, type Stack, test } from "./stack/test";

const RECEIPT = "shop.tasks.send_receipt";
const NEWSLETTER = "shop.tasks.send_newsletter";
/** What the mail worker's outage leaves: receipts that can be sent as they are, and newsletters whose args were cut. */
const OUTAGE = { calls: 110, seed: 41, enough: 1, filter: { name: [NEWSLETTER] } };
const END_MS = 90_000;

test("blocked tasks are repaired, a group is patched, and what fails again is retried", async ({
  page,
  stack,
}) => {
  test.setTimeout(5 * 60_000);
  const from = new Date().toISOString();
  await causeFailures(stack, OUTAGE);

  await page.goto(`/tasks?state=FAILURE&name=${RECEIPT}&name=${NEWSLETTER}&from=${from}`);
  await page.getByRole("checkbox", { name: "Select all loaded tasks" }).check();
  await page.getByRole("button", { name: /^Retry \d+ tasks$/ }).click();
  const dialog = page.getByRole("dialog").first();

  await test.step("a task whose args were cut gets them by hand", async () => {
    await dialog.getByRole("tab", { name: /^Blocked/ }).click();
    const blocked = dialog.getByRole("list", { name: "Not sent" });
    await expect(blocked.getByText("args that can't be rebuilt exactly")).toBeVisible();
    await expectAccessible(page);
    const before = await readSendable(dialog);
    await writeArgs(page, blocked, await findNewsletter(stack));
    await expect(blocked.getByText("Repaired")).toBeVisible();
    expect(await readSendable(dialog)).toBe(before + 1);
  });

  await test.step("the kwargs of a whole group are changed", async () => {
    await dialog.getByRole("tab", { name: /^By task/ }).click();
    await patchKwarg(page, dialog, { rename: "locale", to: "language" });
    await expect(dialog.getByText(/^kwargs changed: \d+$/).first()).toBeVisible();
  });

  await dialog.getByLabel("Tasks per second").fill("1");
  await expect(dialog.getByText(/^Takes about \d+/)).toBeVisible();
  await dialog.getByLabel("Reason").fill("the mail server was down");
  await dialog.getByRole("button", { name: /^Retry [1-9]\d* tasks$/ }).click();
  await expect(page).toHaveURL(/\/retries\/.+/);

  await test.step("progress is live on every page, and the batch pauses and goes on", async () => {
    const batch = page.url();
    // At once: on a slow machine the batch would be over before another page has shown it.
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.goto("/queues");
    await page.getByRole("link", { name: /^Retry paused \d+ of \d+/ }).click();
    await expect(page).toHaveURL(batch);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(page.getByRole("link", { name: /^Retrying \d+ of \d+/ })).toBeVisible();
  });

  await test.step("what failed again is grouped by error, and is the next batch", async () => {
    await expect(page.getByText("Done", { exact: true })).toBeVisible({ timeout: END_MS });
    const failures = page.getByText(/TypeError: .*unexpected keyword argument/).first();
    await expect(failures).toBeVisible({ timeout: END_MS });
    await expect(page.getByText(`${RECEIPT}: locale renamed to language`)).toBeVisible();
    await expect(page.getByText("1 task with args supplied by hand")).toBeVisible();
    await page.getByRole("button", { name: /^Retry (these \d+|it)$/ }).click();
    await patchKwarg(page, dialog, { rename: "language", to: "locale" });
    await expect(dialog.getByLabel("Reason")).toHaveValue("the mail server was down");
    await dialog.getByRole("button", { name: /^Retry [1-9]\d* tasks?$/ }).click();
  });

  await expect(page.getByText(`${RECEIPT}: language renamed to locale`)).toBeVisible();
  const heading = await page.getByRole("heading", { level: 1 }).textContent();
  const total = /\d+/.exec(heading ?? "")?.[0];
  await expect(page.getByText(`${total} of ${total} succeeded`)).toBeVisible({ timeout: END_MS });

  await test.step("an old row leads to what became of it, and back", async () => {
    await page
      .getByRole("link", { name: /^[0-9a-f]{8}…$/ })
      .first()
      .click();
    const successors = page.getByRole("region", { name: "Retried as" });
    await expect(successors.getByText("Success")).toBeVisible();
    await successors.getByRole("link").first().click();
    await expect(page.getByRole("region", { name: "Retry of" })).toBeVisible();
  });
});

test("the args of one task are written on its page", async ({ page, stack }) => {
  await page.goto(`/task/${await findNewsletter(stack)}`);
  await page.getByRole("button", { name: "Write args and retry" }).click();
  const editor = page.getByRole("dialog", { name: "Args by hand" });
  await expect(editor.getByLabel("args", { exact: true })).not.toHaveValue("");
  await editor.getByRole("button", { name: "Cancel" }).click();
  await expect(editor).toHaveCount(0);
  await expect(page.getByRole("dialog").getByRole("button", { name: /^Retry \d tasks?$/ })).toBeVisible();
});

/** The id of a task whose args were cut; there is one when this story is the first of its demo, too. */
async function findNewsletter(stack: Stack): Promise<string> {
  const filter = { state: ["FAILURE"], name: [NEWSLETTER] };
  if ((await stack.api.countTasks(filter)) === 0) await causeFailures(stack, OUTAGE);
  const [lossy] = await stack.api.listTasks(filter);
  if (lossy === undefined) throw new Error(`no ${NEWSLETTER} has failed`);
  return lossy.id;
}

/** Repairs a blocked task, which may not be among the examples: a mistake first, which is named with its place. */
async function writeArgs(page: Page, blocked: Locator, id: string): Promise<void> {
  const write = blocked.getByRole("button", { name: `Write the args of ${id}` });
  const showMore = blocked.getByRole("button", { name: "Show more" });
  if (await showMore.isVisible()) await showMore.click();
  await write.click();
  const editor = page.getByRole("dialog", { name: "Args by hand" });
  const args = editor.getByLabel("args", { exact: true });
  await expect(editor.getByText(/^Line 1, column \d+: /)).toBeVisible();
  await expect(editor.getByRole("button", { name: "Use these args" })).toBeDisabled();
  await expectAccessible(page);
  await args.fill("('Spring teas', ['ada@example.com', \"grace@example.com\"]");
  await expect(editor.getByText(/the text ends before "\)"/)).toBeVisible();
  await args.fill("('Spring teas', ['ada@example.com', \"grace@example.com\"])");
  await expect(editor.getByText("Reads as a list")).toBeVisible();
  await expect(editor.getByRole("region", { name: "What changes in args" })).toContainText(
    "grace@example.com",
  );
  await editor.getByRole("button", { name: "Use these args" }).click();
  await expect(editor).toHaveCount(0);
}

/** Renames a kwarg of all receipts, after a look at what that does to real rows. */
async function patchKwarg(
  page: Page,
  dialog: Locator,
  { rename, to }: { rename: string; to: string },
): Promise<void> {
  await dialog
    .getByRole("button", { name: `Change kwargs of ${RECEIPT}` })
    .first()
    .click();
  const editor = page.getByRole("dialog", { name: "Change kwargs" });
  await editor.getByRole("combobox", { name: "What to do, change 1" }).click();
  await page.getByRole("option", { name: "Rename" }).click();
  await editor.getByLabel("Kwarg, change 1").fill(rename);
  await editor.getByLabel("New name, change 1").fill(to);
  const effect = editor.getByRole("region", { name: "What it does" });
  await expect(effect.getByText(/^[1-9]\d* changed$/)).toBeVisible();
  await expect(effect.locator("ins").first()).toHaveText(`"${to}"`);
  await expectAccessible(page);
  await editor.getByRole("button", { name: "Use this change" }).click();
  await expect(editor).toHaveCount(0);
}

async function readSendable(dialog: Locator): Promise<number> {
  const text = await dialog.getByRole("button", { name: /^Retry \d+ tasks?$/ }).textContent();
  return Number(/\d+/.exec(text ?? "")?.[0]);
}
