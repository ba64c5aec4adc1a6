import { createServer } from "node:net";

// Below Linux's ephemeral range (32768–60999): no outgoing connection can take the port before our server does.
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const MAX_TRIES = 50;

/** A TCP port that nothing on this machine listens on. */
export async function getFreePort(): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = LOWEST_PORT + Math.floor(Math.random() * (HIGHEST_PORT - LOWEST_PORT));
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no free port in ${MAX_TRIES} tries between ${LOWEST_PORT} and ${HIGHEST_PORT}`);
}

/** Whether a server could listen on `port` of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
