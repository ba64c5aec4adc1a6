import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly integrity?: string;
  readonly resolved?: string;
  /** It lies in the archive of the package that it is for. */
  readonly inBundle?: boolean;
}

const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync("package-lock.json", "utf8"),
);

// npm leaves out the builds for other platforms when the registry that it asked does not have them, and then `npm ci`
// refuses the lock file everywhere.
test("package-lock.json lists the builds for every platform", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

test("package-lock.json has the checksum of every archive, and no registry's address", () => {
  const own = Object.entries(packages).filter(([path, { inBundle }]) => path !== "" && !inBundle);
  expect(own.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  expect(own.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

/** Whether a package in `path` finds `name` as Node would: beside it, or in a folder above. */
function isLocked(path: string, name: string): boolean {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/")))) {
    if (`${from === "" ? "" : `${from}/`}node_modules/${name}` in packages) return true;
    if (from === "") return false;
  }
}
