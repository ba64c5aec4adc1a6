import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest on an idle machine, those that wait and those that compute in turn. */
const LONGEST = [
  "contract/redispatch/faults",
  "integration/fuzz-posts",
  "contract/redispatch/run-batches",
  "contract/bench/measure-history",
  "integration/worker-health/worker-health-redis",
  "contract/redispatch/commands-under-load",
  "integration/redispatch/",
  "integration/collector.test",
  "contract/results/search",
  "integration/remote-control/",
  "contract/bench/measure-ingest",
  "contract/results/result-table-shapes",
  "contract/results/result-connection",
  "contract/broker/broker-rabbitmq",
  "integration/collector-rabbitmq",
  "contract/broker/rabbitmq-outage",
  "integration/failover",
  "integration/worker-health/worker-health-rabbitmq",
  "integration/args-capture",
  "contract/broker/broker-redis",
  "contract/broker/redis-access",
  "contract/support/test-project",
  "contract/broker/rabbitmq-queues",
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
