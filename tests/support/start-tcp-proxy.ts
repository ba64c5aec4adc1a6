import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { getFreePort } from "./get-free-port";

export interface TcpProxy {
  readonly port: number;
  /** Ends every connection that goes through now, as a network that breaks does; new ones are let through. */
  cut(): void;
  stop(): Promise<void>;
}

/** Starts a relay on 127.0.0.1 to a port of the same machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const port = await getFreePort();
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(targetPort, "127.0.0.1");
    join(inner, outer, sockets);
    join(outer, inner, sockets);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port,
    cut,
    async stop() {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}

/** What comes from one end goes to the other; the end of one is the end of both. */
function join(from: Socket, to: Socket, sockets: Set<Socket>): void {
  sockets.add(from);
  from.setNoDelay(true);
  from.pipe(to);
  from.on("error", () => undefined);
  from.on("close", () => {
    sockets.delete(from);
    to.destroy();
  });
}
