// Generates one Prisma client a provider: Prisma takes one provider a schema. A client that was made from the same files stays
// as it is, so that a build changes nothing under the tests that run beside it.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const SCHEMAS = ["store/sqlite", "store/postgresql", "results/sqlite", "results/postgresql", "results/mysql"];

const statuses = await Promise.all(SCHEMAS.map(generate));
process.exitCode = statuses.find((status) => status !== 0) ?? 0;

async function generate(schema) {
  const [part, provider] = schema.split("/");
  // Written last, so that it is there only beside a whole client.
  const marker = `lib/${part}/generated/${provider}/made-from.txt`;
  const sources = hashSources(schema);
  if (existsSync(marker) && readFileSync(marker, "utf8") === sources) return 0;
  const command = ["--no-install", "prisma", "generate", "--schema", `prisma/${schema}`];
  const [status] = await once(spawn("npx", command, { stdio: ["ignore", "ignore", "inherit"] }), "close");
  if (status === 0) writeFileSync(marker, sources);
  return status ?? 1;
}

/** The lock file stands for Prisma's version. */
function hashSources(schema) {
  const paths = [
    `prisma/${schema}/schema.prisma`,
    `prisma/${schema}/models.prisma`,
    "prisma.config.ts",
    "package-lock.json",
  ];
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest("hex");
}
