import type { SharedFacts } from "./keep-servers";

/** Names, in the environment, where the process that keeps the shared servers is asked for one. */
export const KEEPER_VARIABLE = "CELERIAC_TEST_SERVERS";

/** Asks for something that all test files of a run share; the first to ask waits until it is there. */
export async function askKeeper<Name extends keyof SharedFacts>(
  name: Name,
  detail = "",
): Promise<SharedFacts[Name]> {
  const keeper = process.env[KEEPER_VARIABLE];
  if (keeper === undefined) throw new Error("nobody keeps servers to share: start the tests with Vitest");
  const response = await fetch(`${keeper}/${name}/${encodeURIComponent(detail)}`);
  if (!response.ok) throw new Error(`the shared ${name} does not start: ${await response.text()}`);
  return response.json();
}
