import { once } from "node:events";
import { createConnection } from "node:net";
import { CONNECT_TIMEOUT_MS } from "./database";

/** Opens and closes a socket. Rejects with the system's words (`connect ECONNREFUSED …`), after 5 seconds at the latest. */
export async function connectOnce(
  address: { readonly host: string; readonly port: number } | { readonly socketPath: string },
): Promise<void> {
  const timeout = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
  const socket = createConnection("socketPath" in address ? { path: address.socketPath } : address);
  try {
    await once(socket, "connect", { signal: timeout });
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new Error(`no answer to a connection within ${CONNECT_TIMEOUT_MS / 1000} s`, { cause: error });
  } finally {
    socket.destroy();
  }
}
