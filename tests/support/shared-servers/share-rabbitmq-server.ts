import { accessRabbitmqServer, type RabbitmqAccess } from "../rabbitmq-access";
import { askKeeper } from "./ask-keeper";

/** The RabbitMQ of all test files: each works in virtual hosts of its own. Nobody may stop or configure it. */
export async function shareRabbitmqServer(): Promise<RabbitmqAccess> {
  return accessRabbitmqServer(await askKeeper("rabbitmq"));
}
