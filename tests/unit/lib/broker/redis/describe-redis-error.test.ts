import { expect, test } from "vitest";
import { describeRedisError } from "@/lib/broker/redis/describe-redis-error";

const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), {
  ...{ code: "ECONNREFUSED", address: "127.0.0.1", port: 1 },
});

test.each([
  [refused, "nothing accepts connections there (127.0.0.1:1)"],
  [new AggregateError([refused, new Error("other")]), "nothing accepts connections there (127.0.0.1:1)"],
  [new Error("WRONGPASS invalid username-password pair"), "the broker refused the user name or the password"],
  [
    new Error("NOAUTH HELLO must be called with the client already authenticated"),
    "the broker wants a password",
  ],
  [new Error("Command timed out"), "the broker did not answer in time"],
  [new Error("NOPERM this user has no permissions"), "NOPERM this user has no permissions"],
  [
    new Error("ERR unknown command 'LPOS', with args beginning with: 's3cret' "),
    "ERR unknown command 'LPOS'",
  ],
  ["text", "text"],
])("%s", (error, description) => {
  expect(describeRedisError(error)).toBe(description);
});
