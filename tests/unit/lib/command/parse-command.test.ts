import { expect, test } from "vitest";
import { parseCommand } from "@/lib/command/parse-command";

test("runs all without a command", () => {
  expect(parseCommand([])).toEqual({ role: "all", help: false, version: false, settings: {} });
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

test.each([
  [["serve"], '"serve" is no command'],
  [["web", "now"], '"now" is no command'],
  [["--brokr", "x"], "'--brokr'"],
  [["--port"], "--port"],
])("%j is refused, naming what is wrong", (argv, message) => {
  expect(() => parseCommand(argv)).toThrow(message);
});
