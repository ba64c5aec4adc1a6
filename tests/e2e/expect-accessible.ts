import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./stack/test";

const THEMES = ["light", "dark"] as const;
/** What axe finds by colours: all that can differ between themes. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Has axe look at the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(createAxe(page));
}

/** The same for an open dialog alone, on a page of which another dialog was looked at with all that is behind it. */
export async function expectDialogAccessible(page: Page): Promise<void> {
  await expectNoViolations(createAxe(page).include('[role="dialog"]'));
}

/** The page in light and dark: everything once, the colours in both. */
export async function expectAccessibleInThemes(page: Page): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    const axe = createAxe(page);
    await expectNoViolations(colorScheme === THEMES[0] ? axe : axe.withRules(COLOUR_RULES));
  }
}

function createAxe(page: Page): AxeBuilder {
  // No page has frames, for which alone axe would open a page of its own each time; what passes is not described.
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found).toEqual([]);
}
