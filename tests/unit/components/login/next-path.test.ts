import { describe, expect, it } from "vitest";
import { readNextPath } from "@/components/login/next-path";

describe("readNextPath", () => {
  it.each([
    ["", "/"],
    ["?next=/tasks%3Fstate%3DFAILURE", "/tasks?state=FAILURE"],
    ["?next=https://evil.example/tasks", "/"],
    ["?next=//evil.example/tasks", "/"],
    ["?next=/%5Cevil.example", "/"],
    ["?next=javascript:alert(1)", "/"],
    ["?next=/login%3Fnext%3D/", "/"],
    ["?next=http://[", "/"],
  ])("takes %s to %s", (search, path) => {
    expect(readNextPath(search, "http://celeriac.test")).toBe(path);
  });
});
