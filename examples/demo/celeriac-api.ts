import type { z } from "zod";
import { healthSchema } from "@/lib/api/schemas/health";
import { queuePageSchema } from "@/lib/api/schemas/queues";
import { batchSchema, createdBatchSchema, previewSchema } from "@/lib/api/schemas/redispatches";
import { type TaskFilter, taskCountSchema, taskPageSchema } from "@/lib/api/schemas/tasks";
import { workerPageSchema } from "@/lib/api/schemas/workers";

/** Calls of Celeriac's HTTP API as any program would make them; each answer is checked against the contract. */
export function createCeleriacApi(url: string) {
  const get = <T extends z.ZodType>(path: string, schema: T) => call(url, { path, schema });
  const post = <T extends z.ZodType>(path: string, body: unknown, schema: T) =>
    call(url, { path, body, schema });
  return {
    getHealth: () => get("/health", healthSchema),
    listQueues: async () => (await get("/queues", queuePageSchema)).items,
    listWorkers: async () => (await get("/workers", workerPageSchema)).items,
    listTasks: async (filter: TaskFilter) => (await get(`/tasks?${toQuery(filter)}`, taskPageSchema)).items,
    countTasks: async (filter: TaskFilter) =>
      (await get(`/tasks/count?${toQuery(filter)}`, taskCountSchema)).count,
    preview: (filter: TaskFilter) => post("/redispatches/preview", { filter }, previewSchema),
    redispatch: async (
      filter: TaskFilter,
      choices: { snapshot: string; reason: string; ratePerSecond: number },
    ) => (await post("/redispatches", { filter, ...choices }, createdBatchSchema)).id,
    getBatch: (id: string) => get(`/redispatches/${encodeURIComponent(id)}`, batchSchema),
  };
}

export type CeleriacApi = ReturnType<typeof createCeleriacApi>;

interface Call<T extends z.ZodType> {
  readonly path: string;
  readonly schema: T;
  readonly body?: unknown;
}

async function call<T extends z.ZodType>(url: string, { path, schema, body }: Call<T>): Promise<z.infer<T>> {
  const response = await fetch(`${url}/api/v1${path}`, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    // Celeriac takes changes from pages of its own only; a program says that it is none of a stranger's.
    headers: { "content-type": "application/json", origin: url },
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return schema.parse(JSON.parse(text));
}

function toQuery(filter: TaskFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    for (const item of [value].flat()) if (item !== undefined) query.append(name, item);
  }
  return query;
}
