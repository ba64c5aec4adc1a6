import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./find-program";
import { holdFileLock } from "./hold-file-lock";
import { tryCommand } from "./run-command";
import { SetupError } from "./setup-error";

/** What shows that a package is there: its programs, or modules of Debian's Python. */
const PROOFS = {
  "redis-server": { programs: ["redis-server"], service: "redis-server" },
  postgresql: { programs: ["postgres", "initdb"], service: "postgresql" },
  "mariadb-server": { programs: ["mariadbd", "mariadb-install-db"], service: "mariadb" },
  "rabbitmq-server": { programs: ["rabbitmq-server", "epmd"], service: "rabbitmq-server" },
  "chromium-headless-shell": { programs: ["chromium-headless-shell"] },
  python3: { programs: ["python3"] },
  "python3-venv": { modules: ["ensurepip", "venv"] },
  "python3-celery": { modules: ["celery"] },
  "python3-redis": { modules: ["redis"] },
  "python3-django": { modules: ["django"] },
  "python3-django-celery-results": { modules: ["django_celery_results"] },
  "python3-psycopg2": { modules: ["psycopg2"] },
  "python3-pymysql": { modules: ["pymysql"] },
} satisfies Record<string, PackageProof>;

interface PackageProof {
  readonly programs?: readonly string[];
  readonly modules?: readonly string[];
  /** The service that the package would start; it is left stopped and disabled when we installed it. */
  readonly service?: string;
}

export type DebianPackage = keyof typeof PROOFS;

/** Debian's own Python, the only one that sees Debian's Python packages. */
export const DEBIAN_PYTHON = "/usr/bin/python3";

/**
 * Installs those of `names` that are not there, as root or through `sudo -n`, without starting their services. Throws a
 * SetupError with the exact command when it can't.
 */
export async function ensureDebianPackages(names: readonly DebianPackage[]): Promise<void> {
  if ((await listMissing(names)).length === 0) return;
  await holdFileLock(join(tmpdir(), `celeriac-apt-${process.getuid?.()}.lock`), async () => {
    const missing = await listMissing(names);
    if (missing.length > 0) await install(missing);
  });
}

async function listMissing(names: readonly DebianPackage[]): Promise<DebianPackage[]> {
  const present = await Promise.all(names.map((name) => isPresent(PROOFS[name])));
  return names.filter((_, index) => !present[index]);
}

async function isPresent({ programs = [], modules = [] }: PackageProof): Promise<boolean> {
  if (!programs.every(findProgram)) return false;
  if (modules.length === 0) return true;
  return (await tryCommand(DEBIAN_PYTHON, ["-c", `import ${modules.join(", ")}`])).status === 0;
}

async function install(missing: readonly DebianPackage[]): Promise<void> {
  const root = await findWayToBeRoot();
  if (root === null || findProgram("apt-get") === null) throw new SetupError(describeNeed(missing, ""));
  process.stderr.write(`Installing ${missing.join(" ")} (apt-get) …\n`);
  const environment = ["env", "DEBIAN_FRONTEND=noninteractive"];
  const aptGet = [...root, ...environment, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];
  await tryWords([...aptGet, "update"]);
  const result = await withoutServiceStarts(root, () =>
    tryWords([...aptGet, "install", "-y", "--no-install-recommends", ...missing]),
  );
  await disableServices(root, missing);
  const still = await listMissing(missing);
  if (still.length > 0) {
    throw new SetupError(describeNeed(still, `\napt-get said:\n${result.stdout}${result.stderr}`));
  }
}

/** The words that make a command run as root; null when it can't be done without a password. */
async function findWayToBeRoot(): Promise<string[] | null> {
  if (process.getuid?.() === 0) return [];
  return (await tryCommand("sudo", ["-n", "true"])).status === 0 ? ["sudo", "-n"] : null;
}

/** Debian asks /usr/sbin/policy-rc.d before a package starts its service; 101 is "no". A policy that is there stays. */
async function withoutServiceStarts<T>(root: readonly string[], work: () => Promise<T>): Promise<T> {
  const policy = "/usr/sbin/policy-rc.d";
  if (existsSync(policy)) return await work();
  await tryWords([...root, "sh", "-c", `printf '#!/bin/sh\\nexit 101\\n' > ${policy}; chmod 755 ${policy}`]);
  try {
    return await work();
  } finally {
    await tryWords([...root, "rm", "-f", policy]);
  }
}

/** Else the next boot would start a server on its standard port that nobody asked for. */
async function disableServices(root: readonly string[], installed: readonly DebianPackage[]): Promise<void> {
  if (!existsSync("/run/systemd/system")) return;
  const proofs: PackageProof[] = installed.map((name) => PROOFS[name]);
  const services = proofs.flatMap(({ service }) => (service === undefined ? [] : [service]));
  if (services.length > 0) await tryWords([...root, "systemctl", "disable", ...services]);
}

function tryWords([command = "", ...args]: readonly string[]) {
  return tryCommand(command, args);
}

function describeNeed(missing: readonly DebianPackage[], detail: string): string {
  const list = missing.join(" ");
  return `${list} must be installed. On Debian:\n  sudo apt-get update && sudo apt-get install ${list}${detail}`;
}
