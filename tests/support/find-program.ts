import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const POSTGRESQL_FOLDER = "/usr/lib/postgresql";

/** The path of a program, also where Debian keeps it outside PATH (sbin, PostgreSQL's versions, newest first); or null. */
export function findProgram(name: string): string | null {
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    "/usr/local/sbin",
    "/usr/sbin",
    "/sbin",
    ...listPostgresqlFolders(),
  ];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function listPostgresqlFolders(): string[] {
  try {
    return readdirSync(POSTGRESQL_FOLDER)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(POSTGRESQL_FOLDER, version, "bin"));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
