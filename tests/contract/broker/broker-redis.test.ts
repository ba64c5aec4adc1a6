import { describe } from "vitest";
import { REDIS } from "./broker-fixture";
import { describeBroker } from "./describe-broker";
import { describeOutage } from "./describe-outage";

describe(REDIS.name, () => {
  describeBroker(REDIS);
  describeOutage(REDIS.start);
});
