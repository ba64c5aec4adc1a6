import { expect, test } from "vitest";
import { isDecodablePath } from "@/lib/http/is-decodable-path";

test.each([
  ["/api/v1/tasks/a%2Fb", true],
  ["/api/v1/tasks/%C3%A9%25", true],
  ["/", true],
  ["/api/v1/tasks/%", false],
  ["/api/v1/tasks/%zz", false],
  ["/api/v1/tasks/%E0%A4%A", false],
])("%s can be decoded: %s", (pathname, can) => {
  expect(isDecodablePath(pathname)).toBe(can);
});
