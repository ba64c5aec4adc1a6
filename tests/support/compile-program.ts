import { basename, join } from "node:path";
import { compilePrograms } from "@/bin/compile.mjs";
import { LEAN_COMPILED } from "@/lib/command/lean-node";
import { REPOSITORY_ROOT } from "./repository-root";

const FOLDER = ".cache/programs";

/** Compiles a program of the tests or benchmarks, as the product's are. Returns the arguments with which `node` runs it. */
export async function compileProgram(path: string): Promise<readonly string[]> {
  const name = basename(path, ".ts");
  await compilePrograms({ [name]: path }, FOLDER);
  return [...LEAN_COMPILED, join(REPOSITORY_ROOT, FOLDER, `${name}.mjs`)];
}
