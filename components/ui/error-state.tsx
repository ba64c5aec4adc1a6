import { CircleAlert, RotateCw } from "lucide-react";
import { Button } from "./button";

interface ErrorStateProps {
  /** What could not be done: "Tasks can't be shown". */
  title: string;
  error: Error;
  onRetry?: () => void;
}

/** What a view says in place of what it could not load, in the server's words. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-14 text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full bg-red-soft text-red">
        <CircleAlert className="size-5" strokeWidth={1.75} aria-hidden />
      </span>
      <p className="font-medium text-base">{title}</p>
      <p className="max-w-md break-words text-ink-muted text-sm">{error.message}</p>
      {onRetry === undefined ? null : (
        <Button className="mt-3" onClick={onRetry}>
          <RotateCw className="size-3.5" aria-hidden />
          Try again
        </Button>
      )}
    </div>
  );
}
