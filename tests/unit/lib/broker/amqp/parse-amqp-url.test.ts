import { expect, test } from "vitest";
import { parseAmqpUrl } from "@/lib/broker/amqp/parse-amqp-url";

const DEFAULTS = {
  ...{ host: "127.0.0.1", port: 5672, username: "guest", password: "guest", virtualHost: "/" },
  ...{ tls: null, login: "PLAIN", heartbeat: null },
};
const VERIFIED = {
  ...{ verifyCertificate: true, checkHostname: true, caFile: null },
  ...{ certificateFile: null, keyFile: null, keyPassword: null },
};

// Each as kombu 5.7's Connection(url) reads it.
test.each([
  ["amqp://", {}],
  ["amqp://localhost", {}],
  ["amqp://localhost//", {}],
  ["amqp://localhost/%2F", {}],
  ["amqp://h/shop", { host: "h", virtualHost: "shop" }],
  ["amqp://h//shop", { host: "h", virtualHost: "/shop" }],
  ["amqp://h/a%2Fb", { host: "h", virtualHost: "a/b" }],
  ["pyamqp://me@h:5000", { host: "h", port: 5000, username: "me" }],
  [
    "amqp://wat%3Acher:p%40ss%2F@[::1]/x",
    { host: "::1", username: "wat:cher", password: "p@ss/", virtualHost: "x" },
  ],
  ["amqp://h?heartbeat=30", { host: "h", heartbeat: 30 }],
  ["amqp://h?heartbeat=0", { host: "h", heartbeat: 0 }],
  ["amqps://h", { host: "h", port: 5671, tls: VERIFIED }],
  [
    "amqps://h?ssl_ca_certs=/ca&ssl_certfile=/c&ssl_keyfile=/k&ssl_check_hostname=false&login_method=EXTERNAL",
    {
      ...{ host: "h", port: 5671, login: "EXTERNAL" },
      tls: { ...VERIFIED, caFile: "/ca", certificateFile: "/c", keyFile: "/k", checkHostname: false },
    },
  ],
  [
    "amqp://h:5671?ssl_cert_reqs=CERT_NONE",
    { host: "h", port: 5671, tls: { ...VERIFIED, verifyCertificate: false, checkHostname: false } },
  ],
])("%s", (url, expected) => {
  expect(parseAmqpUrl(url)).toEqual([{ ...DEFAULTS, ...expected }]);
});

test("a failover list: whole URLs stand for themselves, bare hosts for the first elsewhere", () => {
  const nodes = parseAmqpUrl("amqps://me:pw@a/shop;amqp://b:5000;c;d:5003");
  expect(nodes).toEqual([
    {
      ...DEFAULTS,
      host: "a",
      port: 5671,
      username: "me",
      password: "pw",
      virtualHost: "shop",
      tls: VERIFIED,
    },
    { ...DEFAULTS, host: "b", port: 5000 },
    {
      ...DEFAULTS,
      host: "c",
      port: 5671,
      username: "me",
      password: "pw",
      virtualHost: "shop",
      tls: VERIFIED,
    },
    {
      ...DEFAULTS,
      host: "d",
      port: 5003,
      username: "me",
      password: "pw",
      virtualHost: "shop",
      tls: VERIFIED,
    },
  ]);
});

test("broker_use_ssl counts where the URL says nothing of TLS", () => {
  const tls = { ...VERIFIED, caFile: "/own" };
  expect(parseAmqpUrl("amqp://h", tls)).toMatchObject([{ port: 5671, tls }]);
  expect(parseAmqpUrl("amqps://h", tls)).toMatchObject([{ tls }]);
  expect(parseAmqpUrl("amqps://h?ssl_ca_certs=/url", tls)).toMatchObject([{ tls: { caFile: "/url" } }]);
});

test.each([
  [
    "amqp://u:s3cret@h:0",
    'CELERY_BROKER_URL: got "amqp://u:***@h:0": the port is not a number from 1 to 65535',
  ],
  ["amqp://u:s3cret@h?heartbeat=soon", 'heartbeat is "soon"; it takes a number of seconds from 0 to 3600'],
  ["amqp://u:s3cret@h?login_method=GSSAPI", 'login_method is "GSSAPI"; it takes PLAIN or EXTERNAL'],
  ["amqp://u:s3cret@h;redis://x", "each server must start with one of amqp://, amqps://, pyamqp://"],
  ["amqp://u:s3cret@h;", "a server of the list has no name"],
  ["amqps://u:s3cret@h?ssl_certfile=/c", "ssl_certfile and ssl_keyfile must be given together"],
])("refuses %s", (url, message) => {
  expect(() => parseAmqpUrl(url)).toThrow(message);
  expect(() => parseAmqpUrl(url)).not.toThrow("s3cret");
});
