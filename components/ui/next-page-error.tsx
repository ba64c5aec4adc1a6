import type { UseInfiniteQueryResult } from "@tanstack/react-query";

/** Why the next page of a list did not come; nothing where it did. */
export function NextPageError({
  list,
}: {
  list: Pick<UseInfiniteQueryResult, "isFetchNextPageError" | "error">;
}) {
  if (!list.isFetchNextPageError) return null;
  return (
    <span role="alert" className="text-red">
      {list.error?.message}
    </span>
  );
}
