import { ensureTestServices } from "./ensure-test-services";

/** Vitest's hook before the first file of the projects that need real servers. */
export async function setup(): Promise<void> {
  await ensureTestServices();
}
