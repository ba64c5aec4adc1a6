import { FLAGS } from "./flags";

/** What `--help` prints. */
export function helpText(): string {
  const flags = FLAGS.map(({ name, setting, isSwitch }) => {
    return `  --${name}${isSwitch ? "" : " VALUE"}`.padEnd(36) + setting;
  });
  return [
    "Usage: celeriac [web | collector | dev] [flags]",
    "",
    "Without a command it runs web and collector together; `dev` does so with reload.",
    "Each flag gives the setting beside it, which may also come from the environment; the README explains them.",
    "",
    ...flags,
    "  --help, -h",
    "  --version, -v",
    "",
  ].join("\n");
}
