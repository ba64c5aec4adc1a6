import type { TaskType, TaskTypePage } from "@/lib/api/schemas/task-types";
import { findMarks, type TypeMark } from "./find-marks";

/** A type with what is worked out of it for the table. */
export interface TypeRowData {
  readonly type: TaskType;
  readonly marks: readonly TypeMark[];
  readonly ended: number;
  readonly perSecond: number;
}

/** The rows of the table: rates are over the part of the range in which Celeriac listened. */
export function toTypeRows(
  page: TaskTypePage,
  options: { days: number; now: number },
): readonly TypeRowData[] {
  const { range, listening } = page;
  const since = Math.max(Date.parse(range.from), listening === null ? 0 : Date.parse(listening.since));
  const seconds = Math.max(60, (options.now - since) / 1000);
  return page.items.map((type) => {
    const ended = type.counts.SUCCESS + type.counts.FAILURE;
    return { type, ended, perSecond: ended / seconds, marks: findMarks(type, page, options) };
  });
}
