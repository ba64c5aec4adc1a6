// Generates one Prisma client a provider: Prisma takes one provider a schema.
import { spawnSync } from "node:child_process";

const SCHEMAS = ["store/sqlite", "store/postgresql", "results/sqlite", "results/postgresql", "results/mysql"];

for (const schema of SCHEMAS) {
  const { status } = spawnSync(
    "npx",
    ["--no-install", "prisma", "generate", "--schema", `prisma/${schema}`],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
