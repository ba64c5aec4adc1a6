import { expect, it } from "vitest";
import { type BulkOutcome, sendToEach } from "@/components/workers/bulk/send-to-each";
import { ApiError } from "@/lib/api/client";
import type { CommandAnswer } from "@/lib/api/schemas/control";

it("tells what came of each, in its own words, and stops at none", async () => {
  const answers: Record<string, () => Promise<CommandAnswer>> = {
    ok: async () => ({ reply: "pool will grow", note: null }),
    mute: async () => ({ reply: null, note: "It ends when its tasks have." }),
    refuses: () =>
      Promise.reject(new ApiError({ status: 409, code: "conflict", message: "ValueError('no')" })),
    silent: () =>
      Promise.reject(new ApiError({ status: 504, code: "worker_timeout", message: "No answer." })),
    broken: () => Promise.reject(new Error("Celeriac can't be reached.")),
  };
  const outcomes = new Map<string, BulkOutcome>();
  await sendToEach(
    Object.keys(answers),
    (hostname) => answers[hostname]?.() ?? Promise.reject(new Error(hostname)),
    (hostname, outcome) => outcomes.set(hostname, outcome),
  );
  expect(Object.fromEntries(outcomes)).toEqual({
    ok: { state: "done", words: "pool will grow" },
    mute: { state: "done", words: "told. It ends when its tasks have." },
    refuses: { state: "refused", words: "ValueError('no')" },
    silent: { state: "silent", words: "No answer." },
    broken: { state: "failed", words: "Celeriac can't be reached." },
  });
});

it("has six under way at most, and sends each once", async () => {
  let underWay = 0;
  let most = 0;
  const sent: string[] = [];
  const names = Array.from({ length: 20 }, (_, index) => `w${index}@h`);
  await sendToEach(
    names,
    async (hostname) => {
      sent.push(hostname);
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return { reply: "pong", note: null };
    },
    () => undefined,
  );
  expect(most).toBe(6);
  expect(sent.toSorted()).toEqual(names.toSorted());
});
