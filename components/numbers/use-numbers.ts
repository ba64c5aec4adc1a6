"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { usePause } from "@/components/live/pause-provider";
import { numbersQuery } from "@/lib/api/queries/numbers";
import type { NumbersOf } from "@/lib/numbers/task-numbers";
import { NUMBERS_RANGES } from "./numbers-ranges";

/** The collector writes what is new as often. */
export const NUMBERS_EVERY_MS = 10_000;
const BY_DEFAULT = "1h";
const parseRange = parseAsStringLiteral(NUMBERS_RANGES.map(({ value }) => value)).withDefault(BY_DEFAULT);

/** The range in the page's address, and the numbers of it, kept fresh unless the screen is held still. */
export function useNumbers(of: NumbersOf, name: string) {
  const pause = usePause();
  const [value, setValue] = useQueryState("range", parseRange);
  const range = NUMBERS_RANGES.find((one) => one.value === value) ?? NUMBERS_RANGES[1];
  const query = useQuery({
    ...numbersQuery({ of, name, minutes: range.minutes, points: range.points }),
    refetchInterval: () => (pause.isHeld ? false : NUMBERS_EVERY_MS),
  });
  const setRange = (next: typeof value) => void setValue(next === BY_DEFAULT ? null : next);
  return { query, range, setRange };
}
