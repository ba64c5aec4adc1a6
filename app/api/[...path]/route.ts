import { AppError } from "@/lib/errors";
import { route } from "@/lib/http/route";

/** Whatever is no endpoint is a JSON error like any other, not a page. */
const notFound = route({ readOnly: true }, async ({ request }) => {
  const { pathname } = new URL(request.url);
  throw new AppError("not_found", `${pathname}: no such endpoint; /api/v1/openapi.json lists them.`);
});

export { notFound as DELETE, notFound as GET, notFound as POST, notFound as PUT };
