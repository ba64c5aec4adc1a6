import { describeRemoteControl } from "./describe-remote-control";
import { startRedisBroker } from "./stage-broker";

describeRemoteControl("Redis", startRedisBroker);
