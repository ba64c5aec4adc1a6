import { REPOSITORY_ROOT } from "./repository-root";
import { type RunningProcess, startProcess } from "./start-process";

export interface CeleriacOptions {
  /** `collector`, `web`, or both when not given. */
  readonly part?: "collector" | "web";
  /** Settings by their names in the environment. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Starts the command as `npm start` does; it is not ready yet when this returns. */
export function startCeleriac({ part, settings }: CeleriacOptions): Promise<RunningProcess> {
  return startProcess({
    command: process.execPath,
    args: ["bin/celeriac.mjs", ...(part === undefined ? [] : [part])],
    cwd: REPOSITORY_ROOT,
    env: { LOG_LEVEL: "info", ...settings },
  });
}
