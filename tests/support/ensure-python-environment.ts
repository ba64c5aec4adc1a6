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
}

const RECIPES: Record<PythonSet, Recipe> = {
  newest: { minors: [11, 12, 13, 10], requirements: "tests/support/python/requirements-newest.txt" },
  oldest: { minors: [11, 10, 9], requirements: "tests/support/python/requirements-oldest.txt" },
  admin: { minors: [11, 12, 13, 10], requirements: "bench/history/requirements.txt" },
  "flower-newest": { minors: [11, 12, 13, 10], requirements: "bench/python/requirements-flower-newest.txt" },
  "flower-oldest": { minors: [11, 12, 13, 10], requirements: "bench/python/requirements-flower-oldest.txt" },
};

/**
 * A virtual environment in the checkout's .cache, made once a list of requirements; where pip can't install, Debian's
 * own packages, whatever their version. Throws a SetupError that says what to install when neither works.
 */
export async function ensurePythonEnvironment(set: PythonSet): Promise<PythonEnvironment> {
  const requirements = readFileSync(join(REPOSITORY_ROOT, RECIPES[set].requirements), "utf8");
  const key = createHash("sha256").update(requirements).digest("hex").slice(0, 12);
  const folder = join(REPOSITORY_ROOT, ".cache/python", `${set}-${key}`);
  const marker = join(folder, "celeriac.json");
  return await holdFileLock(`${folder}.lock`, async () => {
    if (existsSync(marker)) return readMarker(marker);
    rmSync(folder, { recursive: true, force: true });
    const environment = await create(set, folder);
    writeFileSync(marker, JSON.stringify(environment));
    return environment;
  });
}

async function create(set: PythonSet, folder: string): Promise<PythonEnvironment> {
  const base = await findPython(RECIPES[set].minors);
  if (base === null) return await fallBackToDebian(set, "no fitting Python 3 was found");
  process.stderr.write(`Installing the ${set} Celery into ${folder} (pip) …\n`);
  if (base === DEBIAN_PYTHON) await ensureDebianPackages(["python3-venv"]);
  await runCommand(base, ["-m", "venv", folder]);
  const python = join(folder, "bin/python");
  const flags = ["--quiet", "--disable-pip-version-check", "--no-input"];
  const requirements = join(REPOSITORY_ROOT, RECIPES[set].requirements);
  const pip = await tryCommand(python, ["-m", "pip", "install", ...flags, "-r", requirements]);
  if (pip.status !== 0) return await fallBackToDebian(set, pip.stderr);
  return { python, celery: await readCeleryVersion(python), source: "pip" };
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
