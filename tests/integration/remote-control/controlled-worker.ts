import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { readActiveQueues } from "@/lib/celery/control/read-active-queues";
import { readTaskInfos, type TaskInfo } from "@/lib/celery/control/read-task-infos";
import { isHeldByWorker } from "@/lib/control/is-held-by-worker";
import { getWorker, listWorkers } from "@/lib/store/workers";
import { getWorkerDetail } from "@/lib/views/worker-detail";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import type { ControlStage } from "./control-stage";

/** The worker of the newest Celery that the tests command, and what they ask of it. */
export class ControlledWorker {
  readonly stage: ControlStage;
  readonly process: CeleryWorker;
  readonly name: string;

  private constructor(stage: ControlStage, process: CeleryWorker) {
    this.stage = stage;
    this.process = process;
    this.name = process.hostname;
  }

  static async start(stage: ControlStage): Promise<ControlledWorker> {
    const process = await stage.project.startWorker({
      name: "first",
      // With events switched off at its start they can be switched on and off; nothing but JSON makes each question safe.
      env: { TEST_SEND_TASK_EVENTS: "0", TEST_POOL_RESTARTS: "1", TEST_ACCEPT_CONTENT: "json" },
    });
    await stage.waitForWorker(process.hostname);
    return new ControlledWorker(stage, process);
  }

  async getDetail(): Promise<WorkerDetail> {
    const stored = await getWorker(this.stage.store, this.name);
    if (stored === null) throw new Error(`${this.name} is not in the store`);
    return getWorkerDetail(stored, this.stage.services);
  }

  async listConsumed(): Promise<readonly string[]> {
    return readActiveQueues(await this.stage.ask(this.name, { method: "active_queues" })) ?? [];
  }

  async listActive(): Promise<readonly TaskInfo[]> {
    return readTaskInfos(await this.stage.ask(this.name, { method: "active" })) ?? [];
  }

  async isHeld(id: string): Promise<boolean> {
    return isHeldByWorker(this.stage.broker, await listWorkers(this.stage.store), id);
  }
}
