import { randomUUID } from "node:crypto";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { readStats } from "@/lib/celery/control/read-stats";
import type { ControlMethod } from "@/lib/celery/control-message";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { arrayOf, integerOf, objectOf } from "@/lib/celery/wire-fields";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";
import { commandWorker } from "@/lib/control/command-worker";
import type { ControlServices } from "@/lib/control/control-services";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import { getTask } from "@/lib/store/tasks";
import { getWorker } from "@/lib/store/workers";
import { readCommandCall, readCommandName } from "@/lib/views/worker-command";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment, type PythonSet } from "@/tests/support/ensure-python-environment";
import { waitFor } from "@/tests/support/wait-for";
import { ActiveCollector } from "../active-collector";
import type { StageBroker } from "./stage-broker";

interface Sending {
  readonly queue?: string;
  readonly args?: readonly (number | string)[];
  readonly count?: number;
}

/** A broker, a project with its result table, and what Celeriac's web and collector would hold open beside them. */
export class ControlStage {
  readonly server: StageBroker;
  readonly broker: Broker;
  readonly project: TestProject;
  readonly results: ResultTable;
  readonly store: Store;
  readonly services: ControlServices;
  readonly #collector: ActiveCollector;
  readonly #others: TestProject[] = [];

  private constructor(parts: {
    readonly server: StageBroker;
    readonly project: TestProject;
    readonly collector: ActiveCollector;
  }) {
    const { url, managementUrl } = parts.server;
    this.server = parts.server;
    this.project = parts.project;
    this.store = parts.collector.store;
    this.#collector = parts.collector;
    this.broker = openBroker({ url, managementUrl });
    this.results = openResultTable({ url: parts.project.databaseUrl });
    this.services = { store: this.store, broker: this.broker, results: this.results, redact: ["password"] };
  }

  static async open(startBroker: () => Promise<StageBroker>): Promise<ControlStage> {
    const [server, environment] = await Promise.all([startBroker(), ensurePythonEnvironment("newest")]);
    const project = await createTestProject({ environment, brokerUrl: server.url });
    const settings = {
      CELERY_BROKER_URL: server.url,
      ...(server.managementUrl && { RABBITMQ_MANAGEMENT_URL: server.managementUrl }),
      RESULTS_DATABASE_URL: project.databaseUrl,
      // Else it would have the workers send events again that a test has them not send.
      CELERIAC_READ_ONLY: "true",
    };
    const collector = await ActiveCollector.start(settings);
    return new ControlStage({ server, project, collector });
  }

  async close(): Promise<void> {
    await Promise.all([this.project, ...this.#others].map((project) => project.stop()));
    await this.#collector.stop();
    await this.broker.close();
    await this.results.close();
    await this.server.stop();
  }

  /** A project of another Celery on the same broker. */
  async createProject(set: PythonSet): Promise<TestProject> {
    const environment = await ensurePythonEnvironment(set);
    const project = await createTestProject({ environment, brokerUrl: this.server.url });
    this.#others.push(project);
    return project;
  }

  /** Waits until the collector knows the worker and what it accepts. */
  async waitForWorker(hostname: string): Promise<void> {
    await waitFor(
      async () => {
        const worker = await getWorker(this.store, hostname);
        return worker?.softwareVersion && worker.answers?.acceptContent;
      },
      { timeoutMs: 40_000, what: () => `${hostname}\n${this.#collector.lastOutput()}` },
    );
  }

  /** Commands a worker as the HTTP route does. */
  command(hostname: string, command: string, body: unknown = {}): Promise<string | null> {
    const call = readCommandCall(readCommandName(command), body);
    return commandWorker(this.services, { hostname, actor: "anna", action: command, request: body, call });
  }

  /** A worker's bare reply. */
  async ask<Method extends ControlMethod>(
    hostname: string,
    call: Omit<ControlCall<Method>, "destination">,
  ): Promise<WireValue> {
    // Leaving out what is added again keeps it a call.
    const request = createControlRequest({ ...call, destination: [hostname] } as ControlCall<Method>);
    const { replies } = await this.broker.control(request, { timeoutMs: 5_000 });
    const reply = replies[0];
    if (reply === undefined || reply.error !== null) throw new Error(`${call.method}: ${reply?.error}`);
    return reply.value;
  }

  /** The pool's processes that are alive. */
  async listProcesses(hostname: string): Promise<number[]> {
    const stats = objectOf(await this.ask(hostname, { method: "stats" }));
    const processes = arrayOf(objectOf(stats?.get("pool"))?.get("processes")) ?? [];
    return processes.map((pid) => integerOf(pid) ?? 0).filter(isAlive);
  }

  async countSlots(hostname: string): Promise<number | null> {
    return readStats(await this.ask(hostname, { method: "stats" })).concurrency;
  }

  /** Sends tasks ourselves, which takes no Python process, nor tells of itself; returns their ids. The queue must exist. */
  async send(task: string, { queue = "celery", args = [], count = 1 }: Sending = {}): Promise<string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    const texts = { argsRepr: null, kwargsRepr: null, origin: "test" };
    const tasks = ids.map((id) => {
      const values = args.map((value) => (typeof value === "number" ? new NumberText(String(value)) : value));
      return { queue, message: createTaskMessage({ id, task, args: values, kwargs: new Map(), ...texts }) };
    });
    const failures = await this.broker.publishTasks(tasks, null);
    if (failures.length > 0) throw new Error(failures[0]?.reason);
    return ids;
  }

  /** Whether the task has begun, as it wrote down itself. */
  hasRun(id: string): boolean {
    return this.project.listRecordedCalls().some((call) => call.id === id);
  }

  async waitForState(id: string, state: string): Promise<void> {
    let seen: string | undefined;
    await waitFor(
      async () => {
        seen = (await getTask(this.store, id))?.state;
        return seen === state;
      },
      { timeoutMs: 40_000, what: () => `${state} of ${id}, which is ${seen}` },
    );
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
