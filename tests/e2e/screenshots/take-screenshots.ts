import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { causeFailures } from "../stack/cause-failures";
import { expect, type Stack, test } from "../stack/test";

const FOLDER = join(REPOSITORY_ROOT, "docs/screenshots");
const WEBHOOK = "shop.tasks.deliver_webhook";
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

test("the pages of an afternoon with an outage", async ({ page, stack }) => {
  for (const seed of [21, 22, 23]) await steadyCalls(stack, seed);
  await causeFailures(stack, { calls: 90, seed: 24, enough: 12, filter: { name: [WEBHOOK] } });
  await steadyCalls(stack, 25);

  await shoot(page, { path: "/tasks?state=FAILURE", name: "tasks", ready: "ServiceUnavailable" });
  const [failed] = await stack.api.listTasks({ state: ["FAILURE"], name: [WEBHOOK] });
  await shoot(page, { path: `/task/${failed?.id}`, name: "task", ready: "Traceback" });
  const [cut] = await stack.api.listTasks({ state: ["FAILURE"], name: ["shop.tasks.send_newsletter"] });
  await writeArgs(page, cut?.id);
  await retryAll(page);
  await expect(page.getByText("Done", { exact: true })).toBeVisible({ timeout: 120_000 });
  await shoot(page, { path: new URL(page.url()).pathname, name: "retry", ready: "failed again" });
  await steadyCalls(stack, 26);
  await shoot(page, { path: "/?range=15m", name: "overview", ready: "Newest failures" });
  await shoot(page, { path: "/queues?range=15m", name: "queues", ready: "Waiting" });
  await shoot(page, { path: "/workers", name: "workers", ready: "Online" });
  await shoot(page, { path: "/types?range=hour", name: "types", ready: WEBHOOK });
  await shoot(page, { path: `/type/${WEBHOOK}?range=15m`, name: "type", ready: "Wait in the worker" });
});

interface Shot {
  readonly path: string;
  readonly name: string;
  /** Text that is there when the page has its data. */
  readonly ready: string;
}

/** Calls that pile up in the queues and are worked off, as on any afternoon. */
async function steadyCalls(stack: Stack, seed: number): Promise<void> {
  await stack.sendBurst(100, seed);
  await expect
    .poll(async () => (await stack.api.listQueues()).every(({ depth }) => depth === 0), { timeout: 60_000 })
    .toBe(true);
}

/** Takes a page wide in light and dark, and narrow in light. */
async function shoot(page: Page, { path, name, ready }: Shot): Promise<void> {
  const looks = [
    { suffix: "", viewport: WIDE, colorScheme: "light" },
    { suffix: "-dark", viewport: WIDE, colorScheme: "dark" },
    { suffix: "-narrow", viewport: NARROW, colorScheme: "light" },
  ] as const;
  for (const { suffix, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(path);
    await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible();
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await page.waitForFunction(() => document.querySelector("[aria-label^='Loading']") === null);
    // Charts arrive after the numbers.
    await page.waitForFunction(() =>
      [...document.querySelectorAll("figure")].every((figure) => figure.querySelector("svg")),
    );
    await page.evaluate(hidePath, REPOSITORY_ROOT);
    await page.screenshot({ path: join(FOLDER, `${name}${suffix}.png`) });
  }
}

/** Runs in the page: where this checkout lies is nobody's business, and another on each machine. */
function hidePath(path: string): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    node.textContent = node.textContent?.replaceAll(path, "/srv/") ?? null;
  }
}

/** Selects all that failed, keeps pictures of the preview and its editors, and starts the retry. */
async function retryAll(page: Page): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/tasks?state=FAILURE&name=shop.tasks.*");
  await page.getByRole("checkbox", { name: "Select all loaded tasks" }).check();
  await page.getByRole("button", { name: /^Retry \d+ tasks$/ }).click();
  const dialog = page.getByRole("dialog").first();
  await expect(dialog.getByText("found", { exact: true })).toBeVisible();
  await keep(page, "preview");
  await dialog.getByRole("tab", { name: /^Blocked/ }).click();
  await keep(page, "preview-blocked");
  await dialog.getByRole("tab", { name: /^By error/ }).click();
  await keep(page, "preview-errors");
  await dialog.getByRole("tab", { name: /^By task/ }).click();
  await patchKwargs(page, dialog);
  await page.setViewportSize(NARROW);
  await keep(page, "preview-narrow");
  await page.setViewportSize(WIDE);
  await dialog.getByLabel("Tasks per second").fill("5");
  await dialog.getByLabel("Reason").fill("The payment provider was down");
  await dialog.getByRole("button", { name: /^Retry [1-9]\d* tasks$/ }).click();
  await expect(page).toHaveURL(/\/retries\/.+/);
}

/** The page of a task whose args were cut, with the editor that repairs them. */
async function writeArgs(page: Page, id: string | undefined): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`/task/${id}`);
  await page.getByRole("button", { name: "Write args and retry" }).click();
  const args = page.getByRole("dialog", { name: "Args by hand" }).getByLabel("args", { exact: true });
  const stored = await args.inputValue();
  await args.fill(stored.replace(/, '[^']*\.\.\.'.*$/s, ", 'edsger@example.com', 'barbara@example.com']"));
  await keep(page, "write-args");
}

/** Receipts get a kwarg that their task doesn't have, so that the picture of the retry has some that fail again. */
async function patchKwargs(page: Page, dialog: Locator): Promise<void> {
  await dialog.getByRole("button", { name: "Change kwargs of shop.tasks.send_receipt" }).first().click();
  const editor = page.getByRole("dialog", { name: "Change kwargs" });
  await editor.getByRole("combobox", { name: "What to do, change 1" }).click();
  await page.getByRole("option", { name: "Rename" }).click();
  await editor.getByLabel("Kwarg, change 1").fill("locale");
  await editor.getByLabel("New name, change 1").fill("language");
  await expect(editor.getByText(/^[1-9]\d* changed$/)).toBeVisible();
  await keep(page, "change-kwargs");
  await editor.getByRole("button", { name: "Use this change" }).click();
}

async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate(hidePath, REPOSITORY_ROOT);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled" });
}
