import { existsSync } from "node:fs";
import { type Settings, SettingsError } from "@/lib/env";
import { LEAN_COMPILED, LEAN_NODE } from "./lean-node";

/** A process of the product, run in the repository's folder. */
export interface Part {
  readonly name: "web" | "collector";
  /** Arguments of `node`. */
  readonly nodeArguments: readonly string[];
  /** Whether the part may be started again when it ends by itself. */
  readonly restarts: boolean;
}

/** The web, in production (`start`: a build must be there, or SettingsError) or with reload (`dev`). */
export function webPart(mode: "start" | "dev", settings: Pick<Settings, "HOST" | "PORT">): Part {
  const build = `${process.env.CELERIAC_DIST_DIR ?? ".next"}/BUILD_ID`;
  if (mode === "start" && !existsSync(build)) {
    throw new SettingsError("There is no build yet; run `npm run build` first.");
  }
  const address = ["-H", settings.HOST, "-p", String(settings.PORT)];
  return {
    name: "web",
    nodeArguments: [...LEAN_NODE, "node_modules/next/dist/bin/next", mode, ...address],
    restarts: false,
  };
}

/** The collector. */
export function collectorPart(options: { readonly restarts: boolean }): Part {
  return {
    name: "collector",
    nodeArguments: [...LEAN_COMPILED, "dist/collector.mjs"],
    restarts: options.restarts,
  };
}
