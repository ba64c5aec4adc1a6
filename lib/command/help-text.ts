import { FLAGS } from "./flags";

/** What `--help` prints. */
export function helpText(): string {
  const flags = FLAGS.map(({ name, setting, isSwitch }) => {
    return `  --${name}${isSwitch ? "" : " VALUE"}`.padEnd(36) + setting;
  });
  return [
    "Usage: celeriac [web | collector | dev | stuck] [flags]",
    "",
    "Without a command it runs web and collector together; `dev` does so with reload.",
    "`stuck` prints the tasks that are stuck, one a line, and ends with status 1 if there is any, 0 if there is none,",
    "2 if that can't be told; `--seconds N` is how long a task may be reserved (300).",
    "Each flag gives the setting beside it, which may also come from the environment; the README explains them.",
    "",
    ...flags,
    "  --help, -h",
    "  --version, -v",
    "",
  ].join("\n");
}
