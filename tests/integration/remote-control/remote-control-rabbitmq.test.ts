import { describeRemoteControl } from "./describe-remote-control";
import { startRabbitmqBroker } from "./stage-broker";

describeRemoteControl("RabbitMQ", startRabbitmqBroker);
