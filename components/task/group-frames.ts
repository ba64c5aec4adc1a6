import type { TracebackFrame } from "@/lib/celery/traceback/parse-stack";

export interface FrameGroup {
  isLibrary: boolean;
  frames: TracebackFrame[];
}

/** Runs of frames that are all the user's own, or all a library's, in their order. */
export function groupFrames(frames: readonly TracebackFrame[]): FrameGroup[] {
  const groups: FrameGroup[] = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (last?.isLibrary === frame.isLibrary) last.frames.push(frame);
    else groups.push({ isLibrary: frame.isLibrary, frames: [frame] });
  }
  return groups;
}

/** The packages that frames are from, each once: `celery, requests`; `Python` for its own library. */
export function listPackages(frames: readonly TracebackFrame[]): string[] {
  return [...new Set(frames.map((frame) => PACKAGE.exec(frame.file)?.[1]?.replace(/\.py$/, "") ?? "Python"))];
}

const PACKAGE = /[\\/](?:site|dist)-packages[\\/]([^\\/]+)/;
