import { defineConfig } from "prisma/config";

// Prisma's CLI looks for a schema-engine binary even for `generate`, which is WebAssembly and never runs it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({});
