import { ensureDebianPackages } from "./ensure-debian-packages";
import { findProgram } from "./find-program";
import { getFreePort } from "./get-free-port";
import { makeTempFolder, removeFolder } from "./make-temp-folder";
import { type RunningProcess, startProcess } from "./start-process";

export interface RedisOptions {
  /** A free one by default; 0 listens on no TCP port (for a unix socket or TLS by `args`). */
  readonly port?: number;
  readonly password?: string;
  /** Where Redis keeps its files; a temporary folder, removed by stop(), by default. */
  readonly dir?: string;
  /** More options of redis-server, such as `["--maxmemory", "1mb"]`; they win over ours. */
  readonly args?: readonly string[];
  readonly onOutput?: (text: string) => void;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly dir: string;
  /** Resolves when the process that runs now ends. */
  readonly exited: RunningProcess["exited"];
  output(): string;
  /** Ends it in an orderly way and removes its temporary folder. */
  stop(): Promise<void>;
  /** SIGKILL: clients see their connections end without a word. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder, after kill() or while it runs. Without persistence it comes back empty. */
  restart(): Promise<void>;
  /** For SIGSTOP and SIGCONT: a server that accepts connections and answers nothing. */
  signal(signal: NodeJS.Signals): void;
}

/** Starts a private redis-server on 127.0.0.1, without persistence, and waits until it takes connections. */
export async function startRedisServer(options: RedisOptions = {}): Promise<RedisServer> {
  await ensureDebianPackages(["redis-server"]);
  const port = options.port ?? (await getFreePort());
  const dir = options.dir ?? makeTempFolder("redis");
  const launchOptions = { ...options, port, dir };
  let running = await launch(launchOptions);
  return {
    url: `redis://${options.password ? `:${encodeURIComponent(options.password)}@` : ""}127.0.0.1:${port}/0`,
    port,
    dir,
    get exited() {
      return running.exited;
    },
    output: () => running.output(),
    async stop() {
      await running.stop();
      if (options.dir === undefined) removeFolder(dir);
    },
    kill: () => running.kill(),
    async restart() {
      await running.stop();
      running = await launch(launchOptions);
    },
    signal: (signal) => running.signal(signal),
  };
}

interface LaunchOptions extends RedisOptions {
  readonly port: number;
  readonly dir: string;
}

async function launch(options: LaunchOptions): Promise<RunningProcess> {
  const running = await startProcess({
    command: findProgram("redis-server") ?? "redis-server",
    args: [
      ...["--port", String(options.port), "--bind", "127.0.0.1", "--dir", options.dir],
      ...["--save", "", "--appendonly", "no"],
      ...(options.password === undefined ? [] : ["--requirepass", options.password]),
      ...(options.args ?? []),
    ],
    onOutput: options.onOutput,
  });
  await running.waitForOutput(/ready to accept connections/i);
  return running;
}
