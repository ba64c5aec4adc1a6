import { describe } from "vitest";
import { CONFIGURED_REDIS } from "./broker-fixture";
import { describeBroker } from "./describe-broker";
import { describeOutage } from "./describe-outage";

describe(CONFIGURED_REDIS.name, () => {
  describeBroker(CONFIGURED_REDIS);
  describeOutage(CONFIGURED_REDIS.start);
});
