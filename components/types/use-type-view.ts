"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { TYPE_RANGES } from "@/lib/numbers/type-ranges";
import { TYPE_MARKS } from "./find-marks";
import { TYPE_SORTS } from "./sort-types";
import { UNUSED_DAYS } from "./unused-days";

/** How the types are looked at: in the page's address, so that a view can be sent to somebody. */
export function useTypeView() {
  return useQueryStates({
    range: parseAsStringLiteral(TYPE_RANGES).withDefault("day"),
    sort: parseAsStringLiteral(TYPE_SORTS).withDefault("rate"),
    mark: parseAsStringLiteral(TYPE_MARKS),
    unused: parseAsStringLiteral(UNUSED_DAYS.map(({ value }) => value)).withDefault("7"),
    q: parseAsString.withDefault(""),
  });
}
