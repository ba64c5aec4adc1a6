import { Pill } from "@/components/ui/pill";
import type { Worker } from "@/lib/api/schemas/workers";
import { MARK_LOOKS } from "./worker-mark-look";

/** What is wrong with a worker, in a word each; the hint says more. */
export function WorkerMarks({ marks }: Pick<Worker, "marks">) {
  return marks.map(({ mark, detail, remedy }) => (
    <span key={mark} title={`${detail} ${remedy}`} className="inline-flex shrink-0">
      <Pill {...MARK_LOOKS[mark]} />
    </span>
  ));
}
