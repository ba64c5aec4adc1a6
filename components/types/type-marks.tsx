import { Pill } from "@/components/ui/pill";
import type { TypeMark } from "./find-marks";
import { MARK_LOOKS } from "./type-mark-look";

/** What of a type a person should look at. */
export function TypeMarks({
  marks,
  newKwargs,
}: {
  marks: readonly TypeMark[];
  newKwargs: readonly string[];
}) {
  return marks.map((mark) => {
    const { hint, label, ...look } = MARK_LOOKS[mark];
    const names = mark === "new-kwargs" ? `: ${newKwargs.join(", ")}` : "";
    return (
      <span
        key={mark}
        title={`${hint}${names === "" ? "" : ` (${newKwargs.join(", ")})`}`}
        className="min-w-0"
      >
        <Pill
          {...look}
          label={mark === "new-kwargs" && newKwargs.length === 1 ? `New keyword${names}` : label}
        />
      </span>
    );
  });
}
