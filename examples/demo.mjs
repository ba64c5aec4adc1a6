// npm run demo: plain Node, because it installs the packages that the rest needs.
import { fileURLToPath } from "node:url";
import { ensureNodeModules } from "../tests/support/ensure-node-modules.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
ensureNodeModules(root);
process.chdir(root);
const { register } = await import("tsx/esm/api");
register();
const { runDemo } = await import("./demo/run-demo.ts");
process.exit(await runDemo(process.argv.slice(2)));
