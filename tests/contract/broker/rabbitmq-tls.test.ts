import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { runCommand } from "@/tests/support/run-command";
import { type RabbitmqServer, startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { waitFor } from "@/tests/support/wait-for";

const NO_HINTS = { queueNames: [], sentAt: () => null };

const folder = makeTempFolder("rabbitmq-tls");
let server: RabbitmqServer;
let port: number;

beforeAll(async () => {
  await makeCertificates();
  port = await getFreePort();
  server = await startRabbitmqServer({
    plugins: ["rabbitmq_auth_mechanism_ssl"],
    config: [
      `listeners.ssl.default = 127.0.0.1:${port}`,
      `ssl_options.cacertfile = ${file("ca.pem")}`,
      `ssl_options.certfile = ${file("broker.example.pem")}`,
      `ssl_options.keyfile = ${file("broker.example.key")}`,
      "ssl_options.verify = verify_peer",
      "ssl_options.fail_if_no_peer_cert = true",
      "ssl_cert_login_from = common_name",
      "auth_mechanisms.1 = PLAIN",
      "auth_mechanisms.2 = EXTERNAL",
    ],
  });
  const everything = { configure: ".*", write: ".*", read: ".*" };
  await server.callApi("PUT", "users/watcher", { password_hash: "", tags: "" });
  await server.callApi("PUT", "permissions/%2F/watcher", everything);
});

afterAll(async () => {
  await server.stop();
  removeFolder(folder);
});

/** An authority, and the certificates of the broker (for another name than 127.0.0.1) and of a client. */
async function makeCertificates(): Promise<void> {
  const key = (name: string) => ["-newkey", "rsa:2048", "-nodes", "-keyout", file(`${name}.key`)];
  const openssl = (...args: string[]) => runCommand("openssl", args);
  await openssl(
    "req",
    "-x509",
    ...key("ca"),
    "-subj",
    "/CN=test authority",
    "-days",
    "2",
    "-out",
    file("ca.pem"),
  );
  for (const name of ["broker.example", "watcher"]) {
    await openssl("req", "-new", ...key(name), "-subj", `/CN=${name}`, "-out", file(`${name}.csr`));
    writeFileSync(file(`${name}.ext`), `subjectAltName=DNS:${name}`);
    const signer = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2"];
    const request = ["-in", file(`${name}.csr`), "-extfile", file(`${name}.ext`)];
    await openssl("x509", "-req", ...request, ...signer, "-out", file(`${name}.pem`));
  }
}

function file(name: string): string {
  return join(folder, name);
}

function open(parameters: Record<string, string>, options: Record<string, unknown> = {}): Broker {
  const url = `amqps://127.0.0.1:${port}?${new URLSearchParams(parameters)}`;
  const broker = openBroker({ url, options, managementUrl: server.managementUrl });
  onTestFinished(() => broker.close());
  return broker;
}

const client = { ssl_certfile: file("watcher.pem"), ssl_keyfile: file("watcher.key") };
const authority = { ssl_ca_certs: file("ca.pem") };

test("a known authority and a client certificate, with a password or with none", async () => {
  const anyName = { ssl_check_hostname: "false" };
  const withPassword = open({ ...client, ...authority, ...anyName });
  await withPassword.sample(NO_HINTS);
  const byCertificate = open({ ...client, ...authority, ...anyName, login_method: "EXTERNAL" });
  await byCertificate.sample(NO_HINTS);
  expect(byCertificate.getStatus()).toMatchObject({ connected: true, error: null });
  await waitFor(async () => {
    const connections = (await server.callApi("GET", "connections")) as { user: string; ssl: boolean }[];
    return connections.some(({ user, ssl }) => ssl && user === "watcher");
  });
});

test("the same from Celery's broker_use_ssl", async () => {
  const ssl = {
    ...{ ca_certs: authority.ssl_ca_certs, cert_reqs: "CERT_REQUIRED", check_hostname: false },
    ...{ certfile: client.ssl_certfile, keyfile: client.ssl_keyfile },
  };
  await open({}, { ssl }).sample(NO_HINTS);
});

test("what can't be verified is refused, with what to do", async () => {
  const unknown = open(client);
  await waitFor(() => unknown.getStatus().error);
  expect(unknown.getStatus().error).toMatch(/certificate's authority is not known; name it in ssl_ca_certs/);
  const elsewhere = open({ ...client, ...authority });
  await waitFor(() => elsewhere.getStatus().error);
  expect(elsewhere.getStatus().error).toMatch(/certificate is for another host name/);
  expect(() => open({ ssl_ca_certs: "/nowhere/ca.pem" })).toThrow(
    'ssl_ca_certs names "/nowhere/ca.pem", which can\'t be read (ENOENT)',
  );
});
