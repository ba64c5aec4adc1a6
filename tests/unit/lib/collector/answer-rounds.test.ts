import { describe, expect, test } from "vitest";
import { AnswerRounds } from "@/lib/collector/answer-rounds";
import { makeWorker } from "../redispatch/make-worker";

const asked = [makeWorker({ hostname: "a@box" }), makeWorker({ hostname: "b@box" })];
const B = new Set(["b@box"]);

describe("AnswerRounds", () => {
  test("counts the rounds in which one leaves unanswered what others answer", () => {
    const rounds = new AnswerRounds();
    for (const at of [1_000, 2_000, 3_000]) rounds.note({ listeners: null, answered: B, asked, at });
    expect(rounds.get("a@box")).toEqual({ rounds: 3, roundsWithoutMailbox: 0, since: 1_000 });
    expect(rounds.get("b@box")).toBeNull();
    rounds.note({ listeners: null, answered: new Set(["a@box", "b@box"]), asked, at: 4_000 });
    expect(rounds.get("a@box")).toBeNull();
    expect(rounds.count).toBe(4);
  });

  test("tells that it has no mailbox when all mailboxes have answered, in a row", () => {
    const rounds = new AnswerRounds();
    rounds.note({ listeners: 1, answered: B, asked, at: 1_000 });
    rounds.note({ listeners: 1, answered: B, asked, at: 2_000 });
    expect(rounds.get("a@box")).toEqual({ rounds: 2, roundsWithoutMailbox: 2, since: 1_000 });
    rounds.note({ listeners: 2, answered: B, asked, at: 3_000 });
    expect(rounds.get("a@box")).toEqual({ rounds: 3, roundsWithoutMailbox: 0, since: 1_000 });
  });

  test("the only worker is deaf when there is no mailbox at all; when nobody answers it may be us", () => {
    const rounds = new AnswerRounds();
    rounds.note({ listeners: 0, answered: new Set(), asked, at: 1_000 });
    expect(rounds.get("a@box")).toEqual({ rounds: 1, roundsWithoutMailbox: 1, since: 1_000 });
    rounds.note({ listeners: null, answered: new Set(), asked, at: 2_000 });
    expect(rounds.get("a@box")).toEqual({ rounds: 1, roundsWithoutMailbox: 0, since: 1_000 });
  });

  test("a worker without heartbeats that does not answer is silent, not deaf", () => {
    const rounds = new AnswerRounds();
    rounds.note({ listeners: 0, answered: new Set(), asked: [makeWorker({ freqSeconds: null })], at: 1_000 });
    expect(rounds.get("mail@box")).toBeNull();
  });

  test("asks again soon while somebody has begun to be silent, and no longer", () => {
    const rounds = new AnswerRounds();
    expect(rounds.isSuspicious).toBe(false);
    const states = [1, 2, 3, 4].map((at) => {
      rounds.note({ listeners: 1, answered: B, asked, at });
      return rounds.isSuspicious;
    });
    expect(states).toEqual([true, true, true, false]);
  });
});
