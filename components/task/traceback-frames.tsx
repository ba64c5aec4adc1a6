import { ChevronRight } from "lucide-react";
import type { TracebackFrame } from "@/lib/celery/traceback/parse-stack";
import { formatCounted } from "@/lib/format/count";
import { listPackages } from "./group-frames";

/** A frame of the user's own code. */
export function OwnFrame({ frame }: { frame: TracebackFrame }) {
  return (
    <div className="mx-4 my-1 overflow-hidden rounded-md border bg-sunken font-mono text-xs">
      <FrameLine frame={frame} />
      {frame.code === null ? null : (
        <pre className="overflow-x-auto border-t bg-surface px-3 py-1.5 leading-5">{frame.code}</pre>
      )}
    </div>
  );
}

/** Frames of libraries, out of the way until they are asked for. */
export function FoldedFrames({ frames }: { frames: readonly TracebackFrame[] }) {
  return (
    <details className="group mx-4 my-0.5">
      <summary className="flex min-h-7 items-center gap-1.5 rounded text-ink-muted text-xs hover:text-ink">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        {formatCounted(frames.length, "frame")} in {listPackages(frames).join(", ")}
      </summary>
      <div className="mt-1 mb-2 divide-y rounded-md border font-mono text-xs">
        {frames.map((frame, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: frames have no identity and never move.
          <div key={index} className="py-0.5 text-ink-muted">
            <FrameLine frame={frame} />
            {frame.code === null ? null : (
              <pre className="overflow-x-auto px-3 pb-1 leading-5">{frame.code}</pre>
            )}
          </div>
        ))}
      </div>
    </details>
  );
}

function FrameLine({ frame }: { frame: TracebackFrame }) {
  return (
    <p className="flex flex-wrap gap-x-2 px-3 py-1.5">
      <span className="break-all">
        {frame.file}
        <span className="text-ink-muted">:{frame.line}</span>
      </span>
      {frame.function === null ? null : <span className="text-ink-muted">in {frame.function}</span>}
      {frame.repeats === 0 ? null : <span className="text-amber">repeated {frame.repeats} more times</span>}
    </p>
  );
}
