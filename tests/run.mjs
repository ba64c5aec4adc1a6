// npm test: every check and every test, on real servers. Plain Node, because it installs the packages that the rest needs.
//   npm test -- unit contract    runs only these stages
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureNodeModules } from "./support/ensure-node-modules.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "celeriac-test-"));

/** Stages of one run begin their longest files together, so that the processors idle at one end and not at two. */
const RUNS = [["check"], ["unit"], ["contract", "integration"], ["e2e"]];
const STAGES = RUNS.flat();
const OTHER_TOOLS = {
  check: { command: () => ["npm", "run", "--silent", "check"], count: countOne },
  e2e: { command: () => ["playwright", "test"], count: countPlaywright },
};

ensureNodeModules(root);
process.chdir(root);
// What is imported from here on may be TypeScript.
(await import("tsx/esm/api")).register();
const names = chooseStages(process.argv.slice(2));
await generateClients();
// Meanwhile check and unit tests run, which need none of it.
const installing = names.some(needsServers) ? installServices(names) : null;
// Awaited by the first stage that needs it.
installing?.catch(() => undefined);
const totals = { passed: 0, failed: 0 };
let servers;
let build;
for (const stages of RUNS) {
  const asked = stages.filter((name) => names.includes(name));
  if (asked.length === 0) continue;
  if (asked.some(needsServers)) servers ??= await startServers(installing);
  // Not beside the check, which writes and reads the same types.
  if (!asked.includes("check")) build ??= buildAhead(names);
  const { passed, failed } = await runStages(asked);
  totals.passed += passed;
  totals.failed += failed;
}
await Promise.all([servers?.stop(), build]);
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;

function chooseStages(asked) {
  const unknown = asked.filter((name) => !STAGES.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`no stage ${unknown.join(", ")}; there are ${STAGES.join(", ")}\n`);
    process.exit(2);
  }
  return asked.length > 0 ? asked : STAGES;
}

function needsServers(stage) {
  return ["contract", "integration", "e2e"].includes(stage);
}

/** Installs servers, Celerys and a browser, as far as the stages need them. */
async function installServices(stages) {
  const { ensureBrowser } = await import("./support/ensure-browser.ts");
  const { ensureTestServices } = await import("./support/ensure-test-services.ts");
  await Promise.all([ensureTestServices(), stages.includes("e2e") && ensureBrowser()]);
}

/** The keeper of the servers that the stages share, once everything is installed. */
async function startServers(installed) {
  try {
    await installed;
  } catch (error) {
    process.stderr.write(`${error.name === "SetupError" ? error.message : error.stack}\n`);
    process.exit(1);
  }
  const { keepServers } = await import("./support/shared-servers/keep-servers.ts");
  return keepServers();
}

async function generateClients() {
  const [status] = await once(spawn("npm", ["run", "--silent", "generate"], { stdio: "inherit" }), "close");
  if (status !== 0) throw new Error(`npm run generate ended with ${status}`);
}

/** Makes the production build while stages run that don't need it. When it fails, the first test that needs it says why. */
async function buildAhead(stages) {
  if (!stages.some(needsServers)) return;
  const { ensureBuild } = await import("../examples/demo/ensure-build.ts");
  await ensureBuild(() => undefined).catch(() => undefined);
}

async function runStages(stages) {
  const { command, count } = OTHER_TOOLS[stages[0]] ?? vitest(stages);
  const title = stages.join(" and ");
  const report = join(reports, `${stages[0]}.json`);
  const startedAt = Date.now();
  process.stdout.write(`\n== ${title}\n`);
  const [program, ...args] = command(report);
  // Not spawnSync: the servers' keeper must answer meanwhile.
  const runner = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  const [status] = await once(runner, "close");
  const { passed, failed } = count(status, report);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`== ${title}: ${passed} passed, ${failed} failed in ${seconds} s\n`);
  return { passed, failed };
}

function vitest(stages) {
  const command = (report) => [
    ...["vitest", "run", ...stages.map((stage) => `tests/${stage}/`)],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  ];
  return { command, count: countVitest };
}

function countOne(status) {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function countVitest(status, path) {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = readReport(path);
  // A test that was skipped, be it because what it needs failed, is not one that works.
  const failed = numFailedTests + numPendingTests + numTodoTests;
  return withFailure(status, { passed: numPassedTests, failed });
}

function countPlaywright(status, path) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport(path).stats ?? {};
  // Nor is one that passed only when tried again.
  return withFailure(status, { passed: expected, failed: unexpected + flaky + skipped });
}

/** A runner that failed without a failed test (a file that doesn't load, no test at all) is a failure, too. */
function withFailure(status, { passed, failed }) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {};
  }
}
