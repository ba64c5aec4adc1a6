"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "./button";
import { NextPageError } from "./next-page-error";

type List = Pick<
  UseInfiniteQueryResult,
  "hasNextPage" | "isFetchingNextPage" | "isFetchNextPageError" | "fetchNextPage" | "error"
>;

/** The end of a list that has more: a button that fetches it, and why that failed; nothing where the list is whole. */
export function LoadMore({ list }: { list: List }) {
  if (!list.hasNextPage) return null;
  return (
    <div className="flex flex-wrap items-center justify-center gap-3 border-t p-3 text-sm">
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Load more
      </Button>
      <NextPageError list={list} />
    </div>
  );
}
