import pino, { type Logger } from "pino";

/**
 * Returns a JSON logger named after its part of the house ("collector", "web", …), writing to stderr at the
 * level of LOG_LEVEL. Never pass URLs or task arguments to it unmasked.
 */
export function createLogger(part: string): Logger {
  return pino({ name: `celeriac.${part}`, level: process.env.LOG_LEVEL ?? "info" }, pino.destination(2));
}
