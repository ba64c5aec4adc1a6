import { type TaskCount, type TaskPage, taskCountSchema, taskPageSchema } from "@/lib/api/schemas/tasks";

/** The tasks of a running Celeriac, asked for over HTTP as the tasks page does. */
export function createHistoryApi(url: string) {
  const get = async (path: string) => {
    const response = await fetch(`${url}/api/v1/tasks${path}`, { signal: AbortSignal.timeout(60_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text;
  };
  return {
    get,
    list: async (query: string): Promise<TaskPage> =>
      taskPageSchema.parse(JSON.parse(await get(`?limit=100&${query}`))),
    count: async (query: string): Promise<TaskCount> =>
      taskCountSchema.parse(JSON.parse(await get(`/count?${query}`))),
  };
}

export type HistoryApi = ReturnType<typeof createHistoryApi>;
