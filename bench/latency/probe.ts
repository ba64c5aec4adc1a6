import { Redis } from "ioredis";
import { toEnvelope } from "../ingest/make-messages";

/** The name of the tasks whose way to the screen is timed. */
export const PROBE_NAME = "bench.probe";

/** Publishes tasks one at a time, to be waited for. */
export interface Probe {
  /** Publishes that this task was received, started and has succeeded, as one worker would; returns when, in epoch ms. */
  publish(id: string): Promise<number>;
  close(): void;
}

const WORKER = "celery@probe";

/** Connects to the broker, a Redis. */
export function openProbe(brokerUrl: string): Probe {
  const client = new Redis(brokerUrl);
  let clock = 0;
  const publishEvent = (id: string, type: string, fields: object) => {
    clock += 1;
    const event = {
      ...{ hostname: WORKER, utcoffset: 0, pid: 4_000, clock, uuid: id, timestamp: Date.now() / 1000 },
      ...{ type: `task-${type}`, ...fields },
    };
    const routingKey = `task.${type}`;
    const body = JSON.stringify(event);
    return client.publish(
      `/0.celeryev/${routingKey}`,
      toEnvelope({ body, worker: WORKER, routingKey, events: 1, ends: 0 }),
    );
  };
  return {
    async publish(id) {
      const at = Date.now();
      await Promise.all([
        publishEvent(id, "received", { name: PROBE_NAME, args: "()", kwargs: "{}", retries: 0 }),
        publishEvent(id, "started", {}),
        publishEvent(id, "succeeded", { result: "None", runtime: 0.001 }),
      ]);
      return at;
    },
    close: () => client.disconnect(),
  };
}
