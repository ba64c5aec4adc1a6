import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { ResultConnection } from "./database/connection";
import { DJANGO_TABLE } from "./database/django-table";
import { DATABASE_SCHEMES, findProvider } from "./database/find-provider";
import { DjangoResultTable } from "./django-result-table";
import type { ResultTable } from "./results";

/**
 * Opens the table of django-celery-results at `url` (`postgresql://`, `mysql://` or `file:`) read-only. Returns at
 * once: the connection is made in the background, and made again whenever it is lost. Throws AppError `bad_request`
 * for another kind of URL, or none. `close` it when done.
 */
export function openResultTable({ url }: { readonly url: string }): ResultTable {
  const provider = findProvider(url);
  if (provider === null) {
    throw new AppError(
      "bad_request",
      `RESULTS_DATABASE_URL: got "${maskUrl(url)}"; it takes a URL that starts with ${DATABASE_SCHEMES.join(", ")}`,
    );
  }
  const { create, dialect } = provider;
  const database = create(url);
  return new DjangoResultTable({
    provider: database.provider,
    maskedUrl: maskUrl(url),
    connection: new ResultConnection(database, dialect, DJANGO_TABLE),
    dialect,
  });
}
