import { describe, expect, test } from "vitest";
import { parseRedisUrl } from "@/lib/broker/redis/parse-redis-url";
import { AppError } from "@/lib/errors";

const PLAIN = {
  endpoint: { kind: "tcp", host: "127.0.0.1", port: 6379 },
  username: null,
  password: null,
  database: 0,
  tls: null,
};
const TLS = {
  verifyCertificate: true,
  checkHostname: true,
  caFile: null,
  certificateFile: null,
  keyFile: null,
  keyPassword: null,
};

describe("what kombu 5.7 reads from the same URL", () => {
  test.each([
    ["redis://", PLAIN],
    ["redis://127.0.0.1:6379/0", PLAIN],
    [
      "redis://queue.example:6380/3",
      { ...PLAIN, endpoint: { kind: "tcp", host: "queue.example", port: 6380 }, database: 3 },
    ],
    ["redis://127.0.0.1//2", { ...PLAIN, database: 2 }],
    ["redis://[::1]:6380/1", { ...PLAIN, endpoint: { kind: "tcp", host: "::1", port: 6380 }, database: 1 }],
    ["redis://:p%40ss%2Fw%C3%B6rd@127.0.0.1", { ...PLAIN, password: "p@ss/wörd" }],
    ["redis://us%3Aer:100%25%zz@127.0.0.1", { ...PLAIN, username: "us:er", password: "100%%zz" }],
    ["redis://user@127.0.0.1", { ...PLAIN, username: "user" }],
    [
      "redis+socket:///run/redis%20a.sock",
      { ...PLAIN, endpoint: { kind: "unix", path: "/run/redis a.sock" } },
    ],
    [
      "redis+socket://u:p@/run/redis.sock?virtual_host=4",
      {
        ...PLAIN,
        endpoint: { kind: "unix", path: "/run/redis.sock" },
        username: "u",
        password: "p",
        database: 4,
      },
    ],
    [
      "sentinel://:pw@a:26379/2;sentinel://b:26380/3;sentinel://c",
      {
        ...PLAIN,
        endpoint: {
          kind: "sentinel",
          nodes: [
            { host: "a", port: 26379 },
            { host: "b", port: 26380 },
            { host: "c", port: 26379 },
          ],
        },
        password: "pw",
        database: 2,
      },
    ],
    // kombu takes the database of the first node only.
    [
      "sentinel://a:26379;sentinel://b:26380/3",
      {
        ...PLAIN,
        endpoint: {
          kind: "sentinel",
          nodes: [
            { host: "a", port: 26379 },
            { host: "b", port: 26380 },
          ],
        },
      },
    ],
    ["rediss://127.0.0.1", { ...PLAIN, tls: TLS }],
    ["redis://127.0.0.1?ssl_cert_reqs=required", { ...PLAIN, tls: TLS }],
    [
      "rediss://127.0.0.1?ssl_cert_reqs=CERT_NONE",
      { ...PLAIN, tls: { ...TLS, verifyCertificate: false, checkHostname: false } },
    ],
    [
      "rediss://127.0.0.1?ssl_cert_reqs=optional&ssl_ca_certs=/ca.pem&ssl_certfile=/c.pem&ssl_keyfile=/k.pem&ssl_password=x&ssl_check_hostname=False",
      {
        ...PLAIN,
        tls: {
          verifyCertificate: true,
          checkHostname: false,
          caFile: "/ca.pem",
          certificateFile: "/c.pem",
          keyFile: "/k.pem",
          keyPassword: "x",
        },
      },
    ],
  ])("%s", (url, target) => {
    expect(parseRedisUrl(url)).toEqual(target);
  });
});

describe("a wrong URL is named, its secrets are not", () => {
  test.each([
    ["http://:s3cret@host", "must start with"],
    ["redis://:s3cret@host/nought", 'the database is "nought"'],
    ["redis://:s3cret@host:0/0", "the port"],
    ["redis://:s3cret@host:65536/0", "the port"],
    ["redis://:s3/cret@host:6379/0", "the port"],
    ["redis://:s3cret@a:1;redis://:s3cret@b:2", "sentinel:// only"],
    ["sentinel://:s3cret@a:1;redis://:s3cret@b:2", "all nodes must start with sentinel://"],
    ["redis+socket://:s3cret@/", "names no socket"],
    ["rediss://:s3cret@h?ssl_cert_reqs=sometimes", 'ssl_cert_reqs is "sometimes"'],
    ["rediss://:s3cret@h?ssl_certfile=/c.pem", "together"],
    ["redis://:s3cret@h?credential_provider=a.B", "credential_provider"],
  ])("%s", (url, problem) => {
    const parse = () => parseRedisUrl(url);
    expect(parse).toThrow(AppError);
    expect(parse).toThrow(problem);
    expect(parse).not.toThrow(/cret/);
  });
});
