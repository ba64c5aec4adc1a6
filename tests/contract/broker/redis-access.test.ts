import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { findProgram } from "@/tests/support/find-program";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { runCommand } from "@/tests/support/run-command";
import { startProcess } from "@/tests/support/start-process";
import { type RedisOptions, type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";

const NO_HINTS = { queueNames: [], sentAt: () => null };
const PING = createControlRequest({ method: "ping" });

async function startServer(options: RedisOptions = {}): Promise<RedisServer> {
  const server = await startRedisServer(options);
  onTestFinished(() => server.stop());
  return server;
}

function open(url: string, options: Record<string, unknown> = {}): Broker {
  const broker = openBroker({ url, options });
  onTestFinished(() => broker.close());
  return broker;
}

/** Uses every part of the port once. */
async function useAll(broker: Broker): Promise<void> {
  const end = new AbortController();
  await broker.subscribeEvents(() => undefined, end.signal, { wakeWorkers: true });
  await broker.sample(NO_HINTS);
  await broker.control(PING, { timeoutMs: 100 });
  await broker.publishTasks([], { batchId: "7", position: 3, previous: null });
  expect(await broker.getDispatchProgress("7")).toEqual({ position: 3, doubtful: 0 });
  expect(broker.getStatus()).toMatchObject({ connected: true, error: null });
  end.abort();
}

test("an ACL user who may no more than a worker", async () => {
  const server = await startServer();
  const admin = new Redis(server.port);
  onTestFinished(() => admin.disconnect());
  const commands = ["+@all", "-@admin", "-@dangerous", "-keys", "-lpos"];
  await admin.call("ACL", "SETUSER", "wat:cher", "on", ">p@ss/w%rd", "~*", "&*", ...commands);
  await admin.lpush("jobs", "a", "b");
  const broker = open(`redis://wat%3Acher:p%40ss%2Fw%25rd@127.0.0.1:${server.port}/0`);
  await useAll(broker);
  // Without LPOS the ages are minimums; nothing else is missing.
  await broker.sample({ ...NO_HINTS, queueNames: ["jobs"] });
  const { queues } = await broker.sample({ ...NO_HINTS, queueNames: ["jobs"] });
  expect(queues).toMatchObject([{ name: "jobs", depth: 2, oldestWaitingIsMinimum: true }]);
});

test("a wrong password is named as the reason, and not shown", async () => {
  const server = await startServer({ password: "right" });
  const broker = open(`redis://:wr0ng@127.0.0.1:${server.port}/0`);
  await waitFor(() => broker.getStatus().error !== null);
  expect(broker.getStatus()).toMatchObject({
    connected: false,
    error: "the broker refused the user name or the password",
    url: `redis://:***@127.0.0.1:${server.port}/0`,
  });
  await expect(broker.sample(NO_HINTS)).rejects.toThrow("refused the user name or the password");
});

test("a database that the server does not have is refused, not replaced by number 0", async () => {
  const server = await startServer();
  const broker = open(`redis://127.0.0.1:${server.port}/99`);
  const mark = broker.publishTasks([], { batchId: "7", position: 1 });
  await expect(mark).rejects.toMatchObject({ code: "broker_unavailable" });
  expect(broker.getStatus()).toMatchObject({
    connected: false,
    error: "the broker has no database of that number",
  });
  const admin = new Redis(server.port);
  onTestFinished(() => admin.disconnect());
  expect(await admin.dbsize()).toBe(0);
});

test("nothing of it is left after it was closed", async () => {
  const server = await startServer();
  const broker = openBroker({ url: server.url });
  await useAll(broker);
  const admin = new Redis(server.port);
  onTestFinished(() => admin.disconnect());
  const countOurs = async () => String(await admin.client("LIST")).match(/name=celeriac-/g)?.length ?? 0;
  expect(await countOurs()).toBeGreaterThanOrEqual(2);
  await broker.close();
  await waitFor(async () => (await countOurs()) === 0);
  await expect(broker.sample(NO_HINTS)).rejects.toMatchObject({ code: "broker_unavailable" });
  // All that stays are the mark and the reply list, and both end by themselves.
  const keys = await admin.keys("*");
  expect(keys.filter((key) => !/^celeriac\.(batch\.7|[0-9a-f-]{36}\.reply)$/.test(key))).toEqual([]);
  for (const key of keys) expect(await admin.ttl(key)).toBeGreaterThan(0);
});

test("can be closed at once while the broker is away", async () => {
  const port = await getFreePort();
  const broker = openBroker({ url: `redis://127.0.0.1:${port}/0` });
  await waitFor(() => broker.getStatus().error !== null);
  expect(broker.getStatus().error).toBe(`nothing accepts connections there (127.0.0.1:${port})`);
  const closingMs = startStopwatch();
  await broker.close();
  expect(closingMs()).toBeLessThan(1_000);
});

test("a server that accepts connections and answers nothing is noticed", async () => {
  const server = await startServer();
  const broker = open(server.url);
  await waitFor(() => broker.getStatus().connected);
  server.signal("SIGSTOP");
  const silentMs = startStopwatch();
  await waitFor(() => !broker.getStatus().connected);
  expect(silentMs()).toBeLessThan(6_000);
  await expect(broker.sample(NO_HINTS)).rejects.toMatchObject({ code: "broker_unavailable" });
  server.signal("SIGCONT");
  await waitFor(() => broker.getStatus().connected);
  await broker.sample(NO_HINTS);
});

test("a unix socket", async () => {
  const folder = makeTempFolder("socket");
  onTestFinished(() => removeFolder(folder));
  const path = join(folder, "redis server.sock");
  const server = await startServer({ port: 0, args: ["--unixsocket", path] });
  const broker = open(`redis+socket://${encodeURI(path)}?virtual_host=2`);
  await useAll(broker);
  await server.kill();
  await waitFor(() => !broker.getStatus().connected);
});

describe("TLS", () => {
  async function startTlsServer() {
    const folder = makeTempFolder("tls");
    onTestFinished(() => removeFolder(folder));
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=broker.example", "-addext", "subjectAltName=DNS:broker.example"];
    const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    await runCommand("openssl", ["req", ...kind, "-keyout", key, "-out", certificate, ...subject]);
    const port = await getFreePort();
    const files = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate];
    await startServer({ port: 0, args: ["--tls-port", String(port), "--tls-auth-clients", "yes", ...files] });
    const client = `ssl_certfile=${certificate}&ssl_keyfile=${key}`;
    return { url: `rediss://127.0.0.1:${port}/0`, client, certificate };
  }

  test("a certificate of the authority in ssl_ca_certs, for another name, with ssl_check_hostname=false", async () => {
    const { url, client, certificate } = await startTlsServer();
    await useAll(open(`${url}?${client}&ssl_ca_certs=${certificate}&ssl_check_hostname=false`));
  });

  test("any certificate with ssl_cert_reqs=none", async () => {
    const { url, client } = await startTlsServer();
    await useAll(open(`${url}?${client}&ssl_cert_reqs=none`));
  });

  test("what can't be verified is refused, with what to do", async () => {
    const { url, client, certificate } = await startTlsServer();
    const unknown = open(`${url}?${client}`);
    await waitFor(() => unknown.getStatus().error !== null);
    expect(unknown.getStatus().error).toBe(
      "its certificate is self-signed; name its authority in ssl_ca_certs",
    );
    const elsewhere = open(`${url}?${client}&ssl_ca_certs=${certificate}`);
    await waitFor(() => elsewhere.getStatus().error !== null);
    expect(elsewhere.getStatus().error).toBe(
      "its certificate is for another host name (see ssl_check_hostname)",
    );
    const missing = () => openBroker({ url: `${url}?ssl_ca_certs=/nowhere/ca.pem` });
    expect(missing).toThrow('ssl_ca_certs names "/nowhere/ca.pem", which can\'t be read (ENOENT)');
  });
});

test("Sentinel finds the master, and the next one after a failover", async () => {
  const folder = makeTempFolder("sentinel");
  onTestFinished(() => removeFolder(folder));
  const password = ["--masterauth", "pw"];
  const master = await startServer({ password: "pw", args: password });
  const replica = await startServer({
    password: "pw",
    args: [...password, "--replicaof", "127.0.0.1", String(master.port), "--repl-diskless-sync-delay", "0"],
  });
  const port = await getFreePort();
  const configuration = [
    `port ${port}`,
    "bind 127.0.0.1",
    "requirepass sentinel-pw",
    `sentinel monitor shop 127.0.0.1 ${master.port} 1`,
    "sentinel auth-pass shop pw",
    "sentinel down-after-milliseconds shop 1000",
  ];
  writeFileSync(join(folder, "sentinel.conf"), configuration.join("\n"), { mode: 0o666 });
  const sentinel = await startProcess({
    command: findProgram("redis-server") ?? "redis-server",
    args: [join(folder, "sentinel.conf"), "--sentinel"],
  });
  onTestFinished(() => sentinel.stop());
  const options = { master_name: "shop", sentinel_kwargs: { password: "sentinel-pw" } };
  const broker = open(
    `sentinel://:pw@127.0.0.1:${await getFreePort()}/2;sentinel://127.0.0.1:${port}`,
    options,
  );
  await useAll(broker);

  const admin = new Redis({ port, password: "sentinel-pw" });
  onTestFinished(() => admin.disconnect());
  await waitFor(async () =>
    String(await admin.call("SENTINEL", "REPLICAS", "shop")).includes("master-link-status,ok"),
  );
  await admin.call("SENTINEL", "FAILOVER", "shop");
  await waitFor(async () => {
    await broker.publishTasks([], { batchId: "8", position: 5 });
    const client = new Redis({ port: replica.port, password: "pw", db: 2 });
    const stored = await client.get("celeriac.batch.8").finally(() => client.disconnect());
    return (
      String(await admin.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "shop")).endsWith(`${replica.port}`) &&
      stored === "5"
    );
  });
});
