import { expect, test } from "vitest";
import { replaceSection } from "@/bench/write-benchmarks";

test("adds a section, and replaces it where it stands", () => {
  const first = replaceSection("# Benchmarks\n", "ingest", "one\n");
  const both = replaceSection(first, "history", "two\n");
  expect(both).toBe(
    "# Benchmarks\n\n<!-- ingest -->\none\n<!-- end of ingest -->\n\n<!-- history -->\ntwo\n<!-- end of history -->\n",
  );
  expect(replaceSection(both, "ingest", "three\n")).toBe(both.replace("one", "three"));
});
