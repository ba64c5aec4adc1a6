import { Search } from "lucide-react";
import { classNames } from "./class-names";
import { INPUT_CLASS } from "./text-field";

interface FindFieldProps {
  /** What is looked through: "Find a task". */
  label: string;
  value: string;
  onChange: (text: string) => void;
  className?: string;
}

/** Narrows a list that is on the page already, as one types. */
export function FindField({ label, value, onChange, className }: FindFieldProps) {
  return (
    <div className={classNames("relative w-56", className)}>
      <Search className="pointer-events-none absolute top-1.75 left-2 size-3.5 text-ink-faint" aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoCapitalize="none"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(INPUT_CLASS, "h-7 pl-7")}
      />
    </div>
  );
}
