import { expect, test } from "vitest";
import { isSameOrigin } from "@/lib/http/same-origin";

const host = "127.0.0.1:5555";

test.each([
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "same-site", origin: `http://${host}` }, false],
  [{ "sec-fetch-site": "cross-site", origin: `http://${host}` }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ origin: `http://${host}` }, true],
  [{ origin: `https://${host}` }, true],
  [{ origin: "http://127.0.0.1:5556" }, false],
  [{ origin: "null" }, false],
  [{}, false],
])("%j → %s", (headers, expected) => {
  expect(isSameOrigin(new Headers({ host, ...headers }))).toBe(expected);
});
