import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Settings, SettingsError } from "@/lib/env";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A process of the product. */
export interface Part {
  readonly name: "web" | "collector";
  /** Arguments of `node`, run in the repository's folder. */
  readonly nodeArguments: readonly string[];
  /** Whether the part may be started again when it ends by itself. */
  readonly restarts: boolean;
}

/** The web, in production (`start`: a build must be there, or SettingsError) or with reload (`dev`). */
export function webPart(mode: "start" | "dev", settings: Pick<Settings, "HOST" | "PORT">): Part {
  const build = `${ROOT}/${process.env.CELERIAC_DIST_DIR ?? ".next"}/BUILD_ID`;
  if (mode === "start" && !existsSync(build)) {
    throw new SettingsError("There is no build yet; run `npm run build` first.");
  }
  const address = ["-H", settings.HOST, "-p", String(settings.PORT)];
  return {
    name: "web",
    nodeArguments: [`${ROOT}/node_modules/next/dist/bin/next`, mode, ...address],
    restarts: false,
  };
}

/** The collector. */
export function collectorPart(options: { readonly restarts: boolean }): Part {
  return {
    name: "collector",
    nodeArguments: nodeArgumentsOf("lib/collector/main.ts"),
    restarts: options.restarts,
  };
}

/** What `node` needs to run a module of ours. The condition lets it import those that are marked server-only. */
export function nodeArgumentsOf(path: string): readonly string[] {
  return ["--conditions=react-server", "--import", "tsx", `${ROOT}/${path}`];
}

/** Where every part runs: relative paths in settings and the build are found from here. */
export const PART_FOLDER = ROOT;
