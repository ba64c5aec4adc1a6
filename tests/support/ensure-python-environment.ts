import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEBIAN_PYTHON, ensureDebianPackages } from "./ensure-debian-packages";
import { holdFileLock } from "./hold-file-lock";
import { REPOSITORY_ROOT } from "./repository-root";
import { runCommand, tryCommand } from "./run-command";
import { SetupError } from "./setup-error";

/** Pairs of Celery and django-celery-results that the tests run on (the demo takes the newest), and the benchmarks' rivals. */
export type PythonSet = "newest" | "oldest" | "admin" | "flower-newest" | "flower-oldest";

export interface PythonEnvironment {
  /** Path of an interpreter that has Celery, Django and django-celery-results. */
  readonly python: string;
  /** Version of Celery, such as `5.6.3`. */
  readonly celery: string;
  readonly source: "pip" | "debian";
}

interface Recipe {
  /** Minor versions of Python 3 on which the whole set runs, the preferred one first. */
  readonly minors: readonly number[];
  readonly requirements: string;
  /** The set whose packages it sees as if they were its own: only what that lacks is installed. */
  readonly above?: PythonSet;
}

const NEWEST_MINORS = [11, 12, 13, 10];

const RECIPES: Record<PythonSet, Recipe> = {
  newest: { minors: NEWEST_MINORS, requirements: "tests/support/python/requirements-newest.txt" },
  oldest: { minors: [11, 10, 9], requirements: "tests/support/python/requirements-oldest.txt" },
  admin: { minors: NEWEST_MINORS, requirements: "bench/history/requirements.txt", above: "newest" },
  "flower-newest": {
    ...{ minors: NEWEST_MINORS, above: "newest" },
    requirements: "bench/python/requirements-flower-newest.txt",
  },
  "flower-oldest": {
    ...{ minors: NEWEST_MINORS, above: "newest" },
    requirements: "bench/python/requirements-flower-oldest.txt",
  },
};

/**
 * A virtual environment in the checkout's .cache, made once a list of requirements; where pip can't install, Debian's
 * own packages, whatever their version. Throws a SetupError that says what to install when neither works.
 */
export async function ensurePythonEnvironment(set: PythonSet): Promise<PythonEnvironment> {
  const folder = join(REPOSITORY_ROOT, ".cache/python", `${set}-${keyOf(set)}`);
  const marker = join(folder, "celeriac.json");
  return await holdFileLock(`${folder}.lock`, async () => {
    if (existsSync(marker)) return readMarker(marker);
    rmSync(folder, { recursive: true, force: true });
    const environment = await create(set, folder);
    writeFileSync(marker, JSON.stringify(environment));
    return environment;
  });
}

/** Tells lists of requirements apart, those of the sets below it included. */
function keyOf(set: PythonSet): string {
  const { requirements, above } = RECIPES[set];
  const hash = createHash("sha256").update(readFileSync(join(REPOSITORY_ROOT, requirements)));
  if (above !== undefined) hash.update(keyOf(above));
  return hash.digest("hex").slice(0, 12);
}

async function create(set: PythonSet, folder: string): Promise<PythonEnvironment> {
  const { minors, requirements, above } = RECIPES[set];
  const below = above === undefined ? null : await ensurePythonEnvironment(above);
  const base = await findPython(minors);
  if (base === null) return await fallBackToDebian(set, "no fitting Python 3 was found");
  process.stderr.write(`Installing the ${set} Celery into ${folder} (pip) …\n`);
  if (base === DEBIAN_PYTHON) await ensureDebianPackages(["python3-venv"]);
  const python = join(folder, "bin/python");
  const isLayer = below?.source === "pip";
  await runCommand(base, ["-m", "venv", ...(isLayer ? ["--without-pip"] : []), folder]);
  if (isLayer) await seePackagesOf(below.python, python);
  const pip = await tryCommand(isLayer ? below.python : python, [
    ...["-m", "pip", "--python", python, "install", "-r", join(REPOSITORY_ROOT, requirements)],
    ...["--quiet", "--disable-pip-version-check", "--no-input"],
  ]);
  if (pip.status !== 0) return await fallBackToDebian(set, pip.stderr);
  return { python, celery: await readCeleryVersion(python), source: "pip" };
}

/** Makes what the environment of `below` has importable for the one of `python`, after what that has itself. */
async function seePackagesOf(below: string, python: string): Promise<void> {
  const [packages = "", own = ""] = await Promise.all([below, python].map(findPackageFolder));
  writeFileSync(join(own, "below.pth"), `${packages}\n`);
}

async function findPackageFolder(python: string): Promise<string> {
  return (await runCommand(python, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])).trim();
}

/** The first Python on this machine with one of these minor versions. */
async function findPython(minors: readonly number[]): Promise<string | null> {
  const named = minors.map((minor) => `python3.${minor}`);
  for (const candidate of ["python3", DEBIAN_PYTHON, ...named]) {
    const { status, stdout } = await tryCommand(candidate, [
      "-c",
      "import sys; print(sys.version_info[1], sys.executable)",
    ]);
    const [minor, path] = stdout.trim().split(" ");
    if (status === 0 && path && minors.includes(Number(minor))) return path;
  }
  return null;
}

async function fallBackToDebian(set: PythonSet, reason: string): Promise<PythonEnvironment> {
  process.stderr.write(`pip can't install the ${set} Celery; taking Debian's packages …\n`);
  try {
    await ensureDebianPackages([
      "python3",
      "python3-celery",
      "python3-redis",
      "python3-django",
      "python3-django-celery-results",
      "python3-psycopg2",
      "python3-pymysql",
    ]);
  } catch (cause) {
    if (!(cause instanceof SetupError)) throw cause;
    const minors = RECIPES[set].minors.map((minor) => `3.${minor}`).join(", ");
    throw new SetupError(
      `${cause.message}\nor let pip install ${RECIPES[set].requirements} on Python ${minors}:\n${reason}`,
    );
  }
  return { python: DEBIAN_PYTHON, celery: await readCeleryVersion(DEBIAN_PYTHON), source: "debian" };
}

async function readCeleryVersion(python: string): Promise<string> {
  return (await runCommand(python, ["-c", "import celery; print(celery.__version__)"])).trim();
}

/** The file is ours, written by ensurePythonEnvironment. */
function readMarker(path: string): PythonEnvironment {
  return JSON.parse(readFileSync(path, "utf8"));
}
