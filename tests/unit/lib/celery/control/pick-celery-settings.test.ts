import { expect, it } from "vitest";
import { pickCelerySettings } from "@/lib/celery/control/pick-celery-settings";

it("leaves out the settings of Django that come along", () => {
  const conf = new Map<string, string | boolean>([
    ["worker_pool_restarts", true],
    ["task_default_queue", "celery"],
    ["SECRET_KEY", "********"],
    ["CELERY_TASK_DEFAULT_QUEUE", "celery"],
    ["_internal", "x"],
  ]);
  expect(pickCelerySettings(conf)).toEqual(
    new Map<string, string | boolean>([
      ["worker_pool_restarts", true],
      ["task_default_queue", "celery"],
    ]),
  );
  expect(pickCelerySettings(null)).toBeNull();
});
