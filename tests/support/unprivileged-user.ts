import { chownSync } from "node:fs";
import { findProgram } from "./find-program";
import { runCommand, tryCommand } from "./run-command";

/** A user to run a server as that refuses to run as root. */
export interface UnprivilegedUser {
  /** Gives it a folder. */
  own(folder: string): void;
  /** The command line that runs `command` as this user; the program keeps the process id. */
  as(command: string, args: readonly string[]): { command: string; args: string[] };
}

/** The first of `names` that exists when we are root, else ourselves. */
export async function findUnprivilegedUser(names: readonly string[]): Promise<UnprivilegedUser> {
  if (process.getuid?.() !== 0)
    return { own: () => undefined, as: (command, args) => ({ command, args: [...args] }) };
  for (const name of [...names, "nobody"]) {
    const { status, stdout } = await tryCommand("id", ["-u", name]);
    if (status !== 0) continue;
    const uid = Number(stdout);
    const gid = Number(await runCommand("id", ["-g", name]));
    return {
      own: (folder) => chownSync(folder, uid, gid),
      as: (command, args) => ({
        command: findProgram("setpriv") ?? "setpriv",
        args: [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--", command, ...args],
      }),
    };
  }
  throw new Error(`there is no user ${names.join(" or ")}, and no nobody`);
}
