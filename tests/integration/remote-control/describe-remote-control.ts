import { afterAll, beforeAll, describe } from "vitest";
import { ControlStage } from "./control-stage";
import { ControlledWorker } from "./controlled-worker";
import { describeAnswers } from "./describe-answers";
import { describeCommands } from "./describe-commands";
import { describeRevoking } from "./describe-revoking";
import type { StageBroker } from "./stage-broker";

/** Tests of remote control over one broker, all with one worker: the order counts. */
export function describeRemoteControl(broker: string, startBroker: () => Promise<StageBroker>): void {
  describe(`remote control over ${broker}`, () => {
    let stage: ControlStage;
    let worker: ControlledWorker;
    beforeAll(async () => {
      stage = await ControlStage.open(startBroker);
      worker = await ControlledWorker.start(stage);
    });
    afterAll(() => stage?.close());

    describeCommands(() => worker);
    describeRevoking(() => worker);
    describeAnswers(() => worker);
  });
}
