import { describe, expect, test } from "vitest";
import { parseSettings } from "@/lib/env";

describe("parseSettings", () => {
  test("takes Flower's port and loopback by default", () => {
    const settings = parseSettings({});
    expect(settings).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 5555,
      CELERY_BROKER_URL: "redis://127.0.0.1:6379/0",
      CELERIAC_READ_ONLY: false,
      CELERIAC_ENABLE_EVENTS: true,
      CELERIAC_DEFAULT_QUEUE: "celery",
    });
    expect(settings.RESULTS_DATABASE_URL).toBeUndefined();
  });

  test("names each wrong setting with what it got and what it takes, one line each", () => {
    expect(() => parseSettings({ PORT: "http", CELERIAC_ROUTES: "[]" })).toThrow(
      'PORT: got "http"; it takes a port number from 1 to 65535\n' +
        'CELERIAC_ROUTES: got "[]"; it takes a JSON object such as {"billing.*": "billing"}',
    );
  });

  test("keeps ten gigabytes unless told otherwise, and no less than a tenth of one", () => {
    expect(parseSettings({}).CELERIAC_RETENTION_GB).toBe(10);
    expect(parseSettings({ CELERIAC_RETENTION_GB: "0.1" }).CELERIAC_RETENTION_GB).toBe(0.1);
    for (const wrong of ["0.09", "much"]) {
      expect(() => parseSettings({ CELERIAC_RETENTION_GB: wrong })).toThrow(
        `CELERIAC_RETENTION_GB: got "${wrong}"; it takes a number of gigabytes, at least 0.1`,
      );
    }
  });

  test.each([
    ["false", false],
    ["0", false],
    ["1", true],
    ["", true],
  ])("CELERIAC_ENABLE_EVENTS=%s is %s", (text, isOn) => {
    expect(parseSettings({ CELERIAC_ENABLE_EVENTS: text }).CELERIAC_ENABLE_EVENTS).toBe(isOn);
  });

  test("masks passwords in what it got", () => {
    expect(() => parseSettings({ CELERY_BROKER_URL: "kafka://me:hunter2@host" })).toThrow(
      'CELERY_BROKER_URL: got "kafka://me:***@host"; it takes a URL that starts with one of redis:, rediss:, redis+socket:, sentinel:',
    );
    expect(() => parseSettings({ CELERIAC_PASSWORD: "short" })).toThrow('CELERIAC_PASSWORD: got "***"');
  });

  test("refuses an address that others can reach without a password", () => {
    expect(() => parseSettings({ HOST: "0.0.0.0" })).toThrow("set CELERIAC_PASSWORD");
    expect(parseSettings({ HOST: "0.0.0.0", CELERIAC_PASSWORD: "long enough" }).HOST).toBe("0.0.0.0");
  });
});
