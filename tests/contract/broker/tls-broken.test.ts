import { readFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder } from "@/tests/support/make-temp-folder";
import { runCommand } from "@/tests/support/run-command";
import { waitFor } from "@/tests/support/wait-for";

// A TLS socket can tell two errors, and one that nobody listens for ends the process: here, it fails the run.

/** An alert in the clear, which no server may send once the handshake is done. */
const BROKEN_RECORD = Buffer.from("15030300020232", "hex");

const folder = makeTempFolder("tls-broken");
const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];

beforeAll(async () => {
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=broker.example"];
  await runCommand("openssl", ["req", ...kind, "-keyout", keyFile, "-out", certificateFile]);
});

const SELF_SIGNED = "its certificate is self-signed; name its authority in ssl_ca_certs";
const SENTINEL_OPTIONS = { master_name: "shop", sentinel_kwargs: { ssl: true } };
const BROKERS = [
  { name: "Redis", scheme: "rediss", options: {}, refusal: SELF_SIGNED },
  // ioredis keeps a Sentinel's own words to itself.
  {
    name: "Sentinel",
    scheme: "sentinel",
    options: SENTINEL_OPTIONS,
    refusal: "All sentinels are unreachable",
  },
  { name: "RabbitMQ", scheme: "amqps", options: {}, refusal: SELF_SIGNED },
];

describe.each(BROKERS)("$name over TLS", ({ scheme, options, refusal }) => {
  test("a server whose certificate is refused goes on talking", async () => {
    const broken = await startBrokenServer((flight, client) => {
      client.write(Buffer.concat([flight, BROKEN_RECORD]));
    });
    const broker = openBroker({ url: `${scheme}://127.0.0.1:${broken.port}`, options });
    onTestFinished(() => broker.close());
    await waitFor(() => broken.countConnections() > 3);
    const { connected, error } = broker.getStatus();
    expect(connected).toBe(false);
    expect(error).toContain(refusal);
  });

  test("a server breaks off the conversation, then the connection", async () => {
    const broken = await startBrokenServer((flight, client) => {
      client.write(flight);
      client.once("data", () => client.write(BROKEN_RECORD, () => client.resetAndDestroy()));
    });
    const trust = `ssl_ca_certs=${certificateFile}&ssl_check_hostname=false`;
    const broker = openBroker({ url: `${scheme}://127.0.0.1:${broken.port}?${trust}`, options });
    onTestFinished(() => broker.close());
    await waitFor(() => broken.countConnections() > 3);
    expect(broker.getStatus().connected).toBe(false);
  });
});

/** A TLS server behind a proxy. `onFlight` sends on, to each client, the first that the server says: its whole handshake. */
async function startBrokenServer(onFlight: (flight: Buffer, client: Socket) => void) {
  const tlsServer = createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) });
  tlsServer.on("tlsClientError", () => undefined);
  tlsServer.on("secureConnection", (socket) => socket.on("error", () => undefined));
  const tlsPort = await listen(tlsServer);
  let connections = 0;
  const proxy = createServer((client) => {
    connections += 1;
    const server = connect(tlsPort, "127.0.0.1");
    client.on("error", () => server.destroy()).on("close", () => server.destroy());
    server.on("error", () => client.destroy()).on("close", () => client.destroy());
    client.pipe(server, { end: false });
    server.once("data", (flight) => {
      onFlight(flight, client);
      server.on("data", (more) => client.write(more));
    });
  });
  return { port: await listen(proxy), countConnections: () => connections };
}

async function listen(server: Server): Promise<number> {
  const port = await getFreePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return port;
}
