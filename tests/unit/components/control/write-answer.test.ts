import { expect, it } from "vitest";
import { writeAnswer, writeRevokeAnswer } from "@/components/control/write-answer";

it.each([
  [{ reply: "pong", note: null }, "pong"],
  [{ reply: null, note: null }, "told"],
  [{ reply: "task events disabled", note: "They come back." }, "task events disabled. They come back."],
])("%o reads %j", (answer, words) => {
  expect(writeAnswer(answer)).toBe(words);
});

it("a revoke is answered by all workers, and one says most", () => {
  const replies = [
    { hostname: "a@h", reply: "terminate: tasks unknown" },
    { hostname: "b@h", reply: "terminate: t1" },
    { hostname: "c@h", reply: "terminate: tasks unknown" },
  ];
  expect(writeRevokeAnswer({ reply: "terminate: t1", replies })).toBe(
    "b@h: terminate: t1. 2 more workers answered.",
  );
  expect(writeRevokeAnswer({ reply: "terminate: t1", replies: replies.slice(1, 2) })).toBe(
    "b@h: terminate: t1",
  );
});
