import { describe } from "vitest";
import { RABBITMQ } from "./broker-fixture";
import { describeBroker } from "./describe-broker";

// What kills it is in rabbitmq-outage.test.ts.
describe(RABBITMQ.name, () => describeBroker(RABBITMQ));
