import { expect, test } from "vitest";
import { parseDemoOptions } from "@/examples/demo/parse-demo-options";

test("runs until stopped, on the default port, when nothing is asked for", () => {
  expect(parseDemoOptions([])).toEqual({ broker: "redis", once: false, port: null, rate: 3, seed: 1 });
});

test("takes broker, port, rate and seed", () => {
  const argv = ["--once", "--port", "5601", "--rate=0.5", "--seed", "7", "--broker", "rabbitmq"];
  expect(parseDemoOptions(argv)).toEqual({ broker: "rabbitmq", once: true, port: 5601, rate: 0.5, seed: 7 });
});

test.each([
  { argv: ["--port", "http"], message: "--port takes a number from 1 to 65535, not http" },
  { argv: ["--rate", "0"], message: "--rate takes a number from 0.1 to 100, not 0" },
  { argv: ["--broker", "sqs"], message: "--broker takes redis or rabbitmq, not sqs" },
  { argv: ["--prot", "5601"], message: "Unknown option '--prot'" },
  { argv: ["5601"], message: "Unexpected argument '5601'" },
])("says what is wrong with $argv, and the usage", ({ argv, message }) => {
  expect(() => parseDemoOptions(argv)).toThrow(message);
  expect(() => parseDemoOptions(argv)).toThrow("usage: npm run demo");
});
