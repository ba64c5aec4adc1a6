/** A stretch of time, epoch ms. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * The gaps as stretches between the times of points (`ats`, ascending), the only places that a chart of bars knows: each from
 * the point whose bucket it begins in to the one whose it ends in. What lies outside is left out.
 */
export function markGaps(gaps: readonly Stretch[], ats: readonly number[]): Stretch[] {
  const first = ats[0];
  if (first === undefined) return [];
  return gaps.flatMap(({ from, to }) => {
    const end = ats.findLast((at) => at <= to);
    if (end === undefined) return [];
    return [{ from: ats.findLast((at) => at <= from) ?? first, to: end }];
  });
}
