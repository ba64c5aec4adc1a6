import { numbersQuerySchema } from "@/lib/api/schemas/numbers";
import { route } from "@/lib/http/route";
import { readTimeRange } from "@/lib/http/time-range";
import { OTHERS } from "@/lib/numbers/task-numbers";
import { getNumbersHistory } from "@/lib/store/number-history";
import { viewNumbersHistory } from "@/lib/views/numbers-view";

const HOUR_MS = 3_600_000;

export const GET = route({ query: numbersQuerySchema }, async ({ query, services }) => {
  const { of, name = OTHERS, points } = query;
  const now = Date.now();
  const range = readTimeRange(query, { lastMs: HOUR_MS, now });
  return viewNumbersHistory(await getNumbersHistory(services.store, { of, name, points, now, ...range }));
});
