import { describe, expect, it } from "vitest";
import { readMeta } from "@/lib/history/read-meta";

const JSON_ENCODING = { contentType: "application/json", contentEncoding: "utf-8" };

describe("readMeta", () => {
  it.each<[string | null, { children: string[]; groupId: string | null }]>([
    [null, { children: [], groupId: null }],
    ['{"children": []}', { children: [], groupId: null }],
    ['{"children": null}', { children: [], groupId: null }],
    ['{"children": [[["e-chain2", null], null]]}', { children: ["e-chain2"], groupId: null }],
    [
      '{"children": [[["gid", null], [[["p1", ["parent", null]], null], [["p2", null], null]]], [["x", null], null]]}',
      { children: ["p1", "p2", "x"], groupId: null },
    ],
    ['{"children": [], "group_id": "g1", "own": {"key": 1}}', { children: [], groupId: "g1" }],
    ['{"children": [1, "x", [], [null], [[1]], [[["y"]]]]}', { children: [], groupId: null }],
    ["not json", { children: [], groupId: null }],
    ["[[]]", { children: [], groupId: null }],
  ])("reads %s", (meta, expected) => {
    expect(readMeta(meta, JSON_ENCODING)).toEqual(expected);
  });

  it("stops at 1,000 children", () => {
    const members = Array.from({ length: 3_000 }, (_, index) => [[`m${index}`, null], null]);
    const meta = JSON.stringify({ children: [[["gid", null], members]] });
    expect(readMeta(meta, JSON_ENCODING).children).toHaveLength(1_000);
  });
});
