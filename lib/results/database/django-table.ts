import { AppError } from "@/lib/errors";
import type { ResultTableShape } from "../results";
import { COLUMN } from "../sql/columns";
import { MISSING_TABLE } from "./describe-failure";
import type { WatchedTable } from "./watched-table";

const LATER_COLUMNS: readonly string[] = [COLUMN.startedAt.sql, COLUMN.periodicTaskName.sql];
const NEEDED_COLUMNS = Object.values(COLUMN)
  .map((column) => column.sql)
  .filter((name) => !LATER_COLUMNS.includes(name));

/** The table of django-celery-results. */
export const DJANGO_TABLE: WatchedTable<ResultTableShape> = {
  name: "django_celery_results_taskresult",
  title: "The result table",
  setting: "RESULTS_DATABASE_URL",
  missing: MISSING_TABLE,
  changed: "the table's columns are not those of django-celery-results 2.0 or later",
  readShape: (columns) => {
    const missing = NEEDED_COLUMNS.filter((name) => !columns.has(name));
    if (missing.length > 0) {
      throw new AppError(
        "results_unavailable",
        `the table has no ${missing.join(", ")}; it takes django-celery-results 2.0 or later, migrated`,
      );
    }
    return {
      hasDateStarted: columns.has(COLUMN.startedAt.sql),
      hasPeriodicTaskName: columns.has(COLUMN.periodicTaskName.sql),
    };
  },
};
