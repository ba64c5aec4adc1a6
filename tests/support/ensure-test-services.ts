import { ensureDebianPackages } from "./ensure-debian-packages";
import { ensurePythonEnvironment } from "./ensure-python-environment";

/** Installs the servers and both Celerys before the first test, so that no test's time limit pays for it. */
export async function ensureTestServices(): Promise<void> {
  await ensureDebianPackages(["redis-server", "postgresql", "mariadb-server", "rabbitmq-server"]);
  await Promise.all([ensurePythonEnvironment("newest"), ensurePythonEnvironment("oldest")]);
}
