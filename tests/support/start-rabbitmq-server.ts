import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackages } from "./ensure-debian-packages";
import { findProgram } from "./find-program";
import { getFreePort } from "./get-free-port";
import { makeTempFolder, removeFolder } from "./make-temp-folder";
import { accessRabbitmqServer, type RabbitmqAccess, type RabbitmqPorts } from "./rabbitmq-access";
import { type RunningProcess, startProcess } from "./start-process";

const START_TIMEOUT_MS = 90_000;

export interface RabbitmqOptions {
  /** Lines of rabbitmq.conf, such as `deprecated_features.permit.transient_nonexcl_queues = false`. */
  readonly config?: readonly string[];
  /** Added to the management plugin. */
  readonly plugins?: readonly string[];
  readonly onOutput?: (text: string) => void;
}

/** A RabbitMQ of our own. */
export interface RabbitmqServer extends RabbitmqAccess {
  readonly ports: RabbitmqPorts;
  /** Resolves when the process that runs now ends. */
  readonly exited: RunningProcess["exited"];
  output(): string;
  /** Ends it and removes its folder; nothing of it is kept, so it is killed rather than asked. */
  stop(): Promise<void>;
  /** SIGKILL to all of it. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and folder, after kill(). Durable queues and persistent messages are there again. */
  restart(): Promise<void>;
  /** For SIGSTOP and SIGCONT: a server that accepts connections and answers nothing. */
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts a private RabbitMQ with the management plugin on free ports of 127.0.0.1, with a port mapper (epmd), cookie, data
 * and plugin list of its own: the machine's RabbitMQ is not touched. Takes several seconds: who neither kills it nor
 * configures it shares one (shareRabbitmqServer).
 */
export async function startRabbitmqServer(options: RabbitmqOptions = {}): Promise<RabbitmqServer> {
  await ensureDebianPackages(["rabbitmq-server"]);
  const folder = makeTempFolder("rabbitmq");
  const ports = await getPorts();
  const epmd = await startProcess({
    command: findProgram("epmd") ?? "epmd",
    args: ["-port", String(ports.epmd), "-address", "127.0.0.1"],
  });
  const env = writeConfiguration(folder, ports, options);
  let running = await launch(env, options);

  return {
    ...accessRabbitmqServer(ports),
    ports,
    get exited() {
      return running.exited;
    },
    output: () => running.output(),
    async stop() {
      await running.kill();
      await epmd.kill();
      removeFolder(folder);
    },
    kill: () => running.kill(),
    async restart() {
      running = await launch(env, options);
    },
    signal: (signal) => running.signal(signal),
  };
}

interface Ports extends RabbitmqPorts {
  /** Of Erlang's own protocol between nodes, and of its port mapper. */
  readonly distribution: number;
  readonly epmd: number;
}

async function getPorts(): Promise<Ports> {
  const ports = new Set<number>();
  while (ports.size < 4) ports.add(await getFreePort());
  const [amqp = 0, management = 0, distribution = 0, epmd = 0] = ports;
  return { amqp, management, distribution, epmd };
}

function writeConfiguration(
  folder: string,
  ports: Ports,
  { config = [], plugins = [] }: RabbitmqOptions,
): Record<string, string> {
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const lines = [
    `listeners.tcp.default = 127.0.0.1:${ports.amqp}`,
    "management.tcp.ip = 127.0.0.1",
    `management.tcp.port = ${ports.management}`,
    // The numbers of the management API are a second old at most, not five: it gathers them as often as it keeps a sample.
    "collect_statistics_interval = 1000",
    ...["global", "basic", "detailed"].map(
      (kind) => `management.sample_retention_policies.${kind}.minute = 1`,
    ),
    ...config,
  ];
  return {
    HOME: folder,
    // Runs in the foreground as our child, and ends on SIGTERM by itself.
    RUNNING_UNDER_SYSTEMD: "1",
    RABBITMQ_NODENAME: `celeriac-${ports.amqp}@localhost`,
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: "127.0.0.1",
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_LOG_BASE: join(folder, "log"),
    RABBITMQ_LOGS: "-",
    RABBITMQ_PID_FILE: join(folder, "pid"),
    RABBITMQ_CONFIG_FILE: file("rabbitmq.conf", lines.join("\n")),
    RABBITMQ_ENABLED_PLUGINS_FILE: file(
      "enabled_plugins",
      `[${["rabbitmq_management", ...plugins].join(",")}].`,
    ),
    // Else Debian's /etc/rabbitmq/rabbitmq-env.conf would name the machine's own node.
    RABBITMQ_CONF_ENV_FILE: file("rabbitmq-env.conf", ""),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: [
      "-kernel inet_dist_use_interface {127,0,0,1}",
      // Quorum queues tell their numbers each second, too.
      "-rabbit quorum_tick_interval 1000",
      // Idle schedulers don't spin: the machine has others to serve.
      "+sbwt none +sbwtdcpu none +sbwtdio none +S 2:2",
    ].join(" "),
  };
}

async function launch(env: Record<string, string>, options: RabbitmqOptions): Promise<RunningProcess> {
  const running = await startProcess({ command: PROGRAM, args: [], env, onOutput: options.onOutput });
  await running.waitForOutput("Server startup complete", START_TIMEOUT_MS);
  return running;
}

/** The program itself: what Debian puts into PATH is a wrapper that insists on the user rabbitmq. */
const PROGRAM = "/usr/lib/rabbitmq/bin/rabbitmq-server";
