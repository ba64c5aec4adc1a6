import type { Shop } from "@/examples/demo/shop-project";

/** What stories need to know of the running stack. */
export interface SharedStack {
  readonly url: string;
  readonly outsideUrl: string;
  readonly brokerUrl: string;
  readonly shop: Shop;
}

const VARIABLE = "CELERIAC_E2E_STACK";

/** Hands the stack to Playwright's worker processes, which inherit our environment. */
export function shareStack(stack: SharedStack): void {
  process.env[VARIABLE] = JSON.stringify(stack);
}

/** The stack that the global set-up started. Throws where there is none. */
export function getSharedStack(): SharedStack {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error("no stack runs: start the stories with `playwright test`");
  return JSON.parse(text);
}
