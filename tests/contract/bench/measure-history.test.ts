import { beforeAll, expect, it } from "vitest";
import { HISTORY_PARTS } from "@/bench/history/measure-history";
import { ensureBuild } from "@/examples/demo/ensure-build";

const TIMEOUT_MS = 400_000;

beforeAll(() => ensureBuild((line) => void process.stderr.write(`${line}\n`)), TIMEOUT_MS);

it(
  "measures the history beside the admin, on rows that both count and show alike",
  async () => {
    // It throws where Celeriac or the admin count or show other rows than were written. How the other databases are filled,
    // the tests of the search show.
    const { title, figures } = await HISTORY_PARTS["history-postgresql"]({ rows: 1_500, repeats: 1 });
    expect(title).toBe("History of 1,500 rows on PostgreSQL, with Django's own indexes");
    expect(figures).toHaveLength(27);
    expect(figures.filter(({ rival }) => rival !== null)).toHaveLength(5);
  },
  TIMEOUT_MS,
);
