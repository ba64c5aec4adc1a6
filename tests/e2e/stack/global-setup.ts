import { ensureBuild } from "@/examples/demo/ensure-build";
import { ensureBrowser } from "@/tests/support/ensure-browser";
import { ensureDebianPackages } from "@/tests/support/ensure-debian-packages";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";

/** Installs and builds what the stories need, so that no story's time limit pays for it. */
// biome-ignore lint/style/noDefaultExport: Playwright calls the default export of its set-up
export default async function setUp(): Promise<void> {
  await ensureDebianPackages(["redis-server"]);
  await ensureBrowser();
  await ensurePythonEnvironment("newest");
  await ensureBuild((line) => void process.stderr.write(`${line}\n`));
}
