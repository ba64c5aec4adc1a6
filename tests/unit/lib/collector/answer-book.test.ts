import { expect, test } from "vitest";
import { AnswerBook } from "@/lib/collector/answer-book";
import { makeWorker } from "../redispatch/make-worker";

const { answers, answeredAt: _at, marks: _marks, ...record } = makeWorker({ pid: 7 });
const restarted = { ...record, pid: 8, formerPid: 7, bornAt: 5_000 };

function openBook(): AnswerBook {
  return new AnswerBook({
    workers: [record],
    answers: new Map(answers === null ? [] : [[record.hostname, answers]]),
  });
}

test("goes on from what an earlier collector was told by the same process", () => {
  const book = openBook();
  expect(book.get(record)).toEqual(answers);
  expect(book.queueNames()).toEqual(["mail"]);
  expect(book.chooseNewcomers([record])).toEqual([]);
});

test("adds to what a process said, and keeps nothing of what the one before it said", () => {
  const book = openBook();
  expect(book.add(record, { concurrency: 4 }, true)).toEqual({ ...answers, concurrency: 4 });
  expect(book.get(restarted)).toBeNull();
  const first = book.add(restarted, { pid: 8, queues: ["urgent"] }, true);
  expect(first).toMatchObject({ pid: 8, queues: ["urgent"], concurrency: null, taskEvents: null });
  expect(book.get(restarted)).toEqual(first);
});

test("what the former process still says is not taken for the new one's", () => {
  const book = openBook();
  book.add(restarted, { pid: 7, concurrency: 4 }, true);
  expect(book.hasAnswered(restarted)).toBe(false);
});

test("a process that has started is chosen until it answers, ten times at most", () => {
  const book = openBook();
  for (let time = 0; time < 10; time++) expect(book.chooseNewcomers([restarted])).toEqual(["mail@box"]);
  expect(book.chooseNewcomers([restarted])).toEqual([]);
  const third = { ...restarted, bornAt: 9_000 };
  expect(book.chooseNewcomers([third])).toEqual(["mail@box"]);
  book.add(third, { pid: 8 }, true);
  expect(book.chooseNewcomers([third])).toEqual([]);
});

test("a process that has heard only some of the questions is chosen again", () => {
  const book = openBook();
  book.add(restarted, { pid: 8 }, false);
  expect(book.hasAnswered(restarted)).toBe(true);
  expect(book.chooseNewcomers([restarted])).toEqual(["mail@box"]);
  book.add(restarted, { taskEvents: true }, true);
  expect(book.chooseNewcomers([restarted])).toEqual([]);
  expect(book.get(restarted)).toMatchObject({ pid: 8, taskEvents: true });
});

test("long answers are due once a process, and after ten minutes", () => {
  const book = openBook();
  expect(book.chooseForLongAnswers([record], 0)).toEqual([record]);
  book.noteLongAnswers(record, 0);
  expect(book.chooseForLongAnswers([record], 600_000)).toEqual([]);
  expect(book.chooseForLongAnswers([record], 600_001)).toEqual([record]);
  expect(book.chooseForLongAnswers([restarted], 1)).toEqual([restarted]);
});

test("forgets who is no more", () => {
  const book = openBook();
  book.forget(() => false);
  expect(book.get(record)).toBeNull();
  expect(book.queueNames()).toEqual([]);
});
