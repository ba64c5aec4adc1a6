import { compileProduct } from "@/bin/compile.mjs";
import { ensureTestServices } from "./ensure-test-services";
import { KEEPER_VARIABLE } from "./shared-servers/ask-keeper";
import { keepServers } from "./shared-servers/keep-servers";

/** Vitest's hook before the first file of the projects that need real servers; returns the one after the last. */
// biome-ignore lint/style/noDefaultExport: Vitest calls the default export of its set-up
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  await Promise.all([ensureTestServices(), compileProduct()]);
  // `npm test` keeps them itself, for all its stages.
  if (process.env[KEEPER_VARIABLE] !== undefined) return undefined;
  return (await keepServers()).stop;
}
