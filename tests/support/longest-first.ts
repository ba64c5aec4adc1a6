import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest on an idle machine, those that wait and those that compute in turn. */
const LONGEST = [
  "contract/redispatch/faults",
  "integration/fuzz-posts",
  "contract/redispatch/run-batches",
  "contract/bench/measure-history",
  "integration/worker-health/worker-health-redis",
  "contract/redispatch/commands-under-load",
  "integration/redispatch/killed-collector",
  "contract/broker/rabbitmq-outage",
  "integration/redispatch/random-args",
  "integration/failover",
  "integration/redispatch/",
  "contract/broker/broker-rabbitmq",
  "integration/collector.test",
  "integration/worker-health/worker-health-rabbitmq",
  "contract/results/search",
  "integration/remote-control/remote-control-redis",
  "contract/bench/measure-ingest",
  "integration/args-capture",
  "contract/results/result-table-shapes",
  "integration/collector-rabbitmq",
  "contract/results/result-connection",
  "integration/remote-control/",
  "contract/support/test-project",
  "integration/result-notices",
  "contract/backend/result-backend",
  "contract/broker/broker-redis",
  "integration/pickle-worker",
  "contract/broker/redis-access",
  "integration/measure-latency",
  "contract/broker/rabbitmq-queues",
  "integration/missed-starts",
  "contract/redispatch/rabbitmq-batch",
];

/** Begins with the longest files, since a run ends with its last file; the others keep Vitest's order, the largest first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a.moduleId) - rank(b.moduleId));
  }
}

function rank(path: string): number {
  const index = LONGEST.findIndex((name) => path.includes(`/tests/${name}`));
  return index === -1 ? LONGEST.length : index;
}
