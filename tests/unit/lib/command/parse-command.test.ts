import { expect, test } from "vitest";
import { parseCommand } from "@/lib/command/parse-command";

test("runs all without a command", () => {
  expect(parseCommand([])).toEqual({ role: "all", help: false, version: false, seconds: 300, settings: {} });
});

test("takes short and full flags, and switches without a value", () => {
  const { role, settings } = parseCommand([
    "collector",
    "--broker",
    "redis://h/1",
    "--results-database-url=file:./db.sqlite3",
    "--read-only",
    "--port=8080",
  ]);
  expect(role).toBe("collector");
  expect(settings).toEqual({
    CELERY_BROKER_URL: "redis://h/1",
    RESULTS_DATABASE_URL: "file:./db.sqlite3",
    CELERIAC_READ_ONLY: "true",
    PORT: "8080",
  });
});

test("a setting that is on by default can be turned off", () => {
  expect(parseCommand(["--enable-events=false"]).settings).toEqual({ CELERIAC_ENABLE_EVENTS: "false" });
});

test("stuck takes its seconds", () => {
  expect(parseCommand(["stuck", "--seconds", "60", "--broker", "redis://h/1"])).toMatchObject({
    role: "stuck",
    seconds: 60,
    settings: { CELERY_BROKER_URL: "redis://h/1" },
  });
  expect(parseCommand(["stuck"]).seconds).toBe(300);
});

test.each([
  [["web", "--seconds", "60"], "--seconds goes with `stuck` only"],
  [["stuck", "--seconds", "0"], '--seconds: got "0"; it takes a whole number from 1 to 2592000'],
  [["stuck", "--seconds", "1.5"], '--seconds: got "1.5"'],
  [["stuck", "--seconds", "soon"], '--seconds: got "soon"'],
  [["serve"], '"serve" is no command'],
  [["web", "now"], '"now" is no command'],
  [["--brokr", "x"], "'--brokr'"],
  [["--port"], "--port"],
])("%j is refused, naming what is wrong", (argv, message) => {
  expect(() => parseCommand(argv)).toThrow(message);
});
