import { readFileSync } from "node:fs";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
const p = JSON.parse(readFileSync("/tmp/w/places.json", "utf8"));
const environment = await ensurePythonEnvironment("newest");
const LOOP = readFileSync("bench/redispatch/retry_loop.py", "utf8");
for (const [url, c] of [[p.redis, false], [p.rabbit, true]] as const) {
  const project = await createTestProject({ environment, brokerUrl: url, databaseUrl: p.resultsUrl });
  console.log(url, await project.run(c ? `CONFIRM = True\n${LOOP}` : LOOP));
  await project.stop();
}
