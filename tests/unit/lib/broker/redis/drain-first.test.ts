import { EventEmitter } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { drainFirst } from "@/lib/broker/redis/drain-first";

const MB = 1024 * 1024;

/** A client with its parser in place, as ioredis has it when it tells of the connection. */
function connect(parse: (chunk: Buffer) => void = () => undefined, room = Number.POSITIVE_INFINITY) {
  const parsed: string[] = [];
  const stream = Object.assign(new EventEmitter(), { pause: vi.fn(), resume: vi.fn() });
  const floods: boolean[] = [];
  stream.on("data", (chunk: Buffer) => {
    parse(chunk);
    parsed.push(chunk.toString("latin1", 0, 8));
  });
  const client = Object.assign(new EventEmitter(), { stream });
  // Safe: it takes no more of a client than this.
  const socket = drainFirst(client as unknown as Redis, {
    onFlood: (isFlood) => void floods.push(isFlood),
    room: () => room,
  });
  client.emit("connect");
  return {
    stream,
    parsed,
    floods,
    socket,
    read: (text: string) => stream.emit("data", Buffer.from(text)),
  };
}

test("parses what was read in the next turn, in order", async () => {
  const { read, parsed } = connect();
  for (const text of ["a", "b", "c"]) read(text);
  expect(parsed).toEqual([]);
  await nextTurn();
  await nextTurn();
  expect(parsed).toEqual(["a", "b", "c"]);
});

test("reads only, as long as much comes in each turn", async () => {
  const { stream, parsed, floods } = connect();
  const chunk = Buffer.alloc(MB, "x");
  for (let turns = 0; turns < 3; turns += 1) {
    stream.emit("data", chunk);
    await nextTurn();
  }
  expect(parsed).toEqual([]);
  expect(floods).toEqual([true, true, true]);
  await vi.waitFor(() => expect(parsed).toHaveLength(3));
  expect(floods.at(-1)).toBe(false);
});

test("holds no more back than there is room for", async () => {
  const { stream, parsed, floods } = connect(undefined, 2.5 * MB);
  const chunk = Buffer.alloc(MB, "x");
  for (let turns = 0; turns < 3; turns += 1) {
    stream.emit("data", chunk);
    await nextTurn();
  }
  expect(floods).toEqual([true, true, false]);
  expect(parsed.length).toBeGreaterThan(0);
});

test("leaves the socket to fill when too much waits, and reads on when there is room", async () => {
  const { stream, parsed } = connect();
  const chunk = Buffer.alloc(40 * MB);
  for (let count = 0; count < 3; count += 1) stream.emit("data", chunk);
  expect(stream.pause).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(parsed).toHaveLength(3));
  expect(stream.resume).toHaveBeenCalledTimes(1);
});

test("parses all that came before the connection's end, before the client hears of it", () => {
  const { stream, read, parsed, floods } = connect();
  const seen: string[][] = [];
  stream.on("close", () => seen.push([...parsed]));
  read("a");
  read("b");
  stream.emit("close");
  expect(seen).toEqual([["a", "b"]]);
  expect(floods).toEqual([false]);
});

test("knows when it read what is parsed much later, and when the connection ended", async () => {
  vi.useFakeTimers({ now: 1_000, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const seen: number[] = [];
  const { stream, read, socket, parsed } = connect(() => seen.push(socket.readAt));
  read("a");
  vi.setSystemTime(2_000);
  read("b");
  vi.setSystemTime(9_000);
  await nextTurn();
  await nextTurn();
  expect(parsed).toEqual(["a", "b"]);
  expect(seen).toEqual([1_000, 2_000]);
  expect(socket.endedAt).toBeNull();
  stream.emit("close");
  expect(socket.endedAt).toBe(9_000);
});
