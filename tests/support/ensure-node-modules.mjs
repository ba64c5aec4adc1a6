// Plain Node: this runs before there are any packages.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NEEDED_NODE = [20, 19];

/** Runs `npm ci` in the checkout `root` when its packages are not those of package-lock.json. Exits when it can't. */
export function ensureNodeModules(root) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor < NEEDED_NODE[1])) {
    fail(`Node ${NEEDED_NODE.join(".")} or newer is needed; this is ${process.versions.node}.`);
  }
  if (areInstalled(root)) return;
  process.stderr.write("Installing npm packages (npm ci) …\n");
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0)
    fail(`npm ci failed${error ? `: ${error.message}` : ""}. Run it by hand in ${root} to see why.`);
}

/** Whether each package of the lock file is there in that version; npm writes what it installed to a hidden lock file. */
function areInstalled(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const installed = readPackages(join(root, "node_modules/.package-lock.json"));
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === "") return true;
    if (installed[path] === undefined) return optional || peer;
    return installed[path].version === version && existsSync(join(root, path));
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return null;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
