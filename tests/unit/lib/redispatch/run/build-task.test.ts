import { expect, test } from "vitest";
import { buildTask } from "@/lib/redispatch/run/build-task";

test.each(["\0", "a\0b", "\ud83d", "a\n\u2028b", "😀"])(
  "a task with %j among its args can be sent",
  (text) => {
    const { message } = buildTask({
      newId: "new",
      originalId: "old",
      name: "shop.mail.send",
      queue: "mail",
      args: [text],
      kwargs: new Map([[text, text]]),
      actor: "anna",
      priority: null,
      etaMs: null,
    });
    expect(JSON.parse(message.body).slice(0, 2)).toEqual([[text], { [text]: text }]);
  },
);
