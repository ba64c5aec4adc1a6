import { changeSchema, type Stats, statsSchema, type Topic } from "@/lib/api/schemas/live";

const URL = "/api/v1/stream";
/** `stats` comes each second; after this long without it what is on screen is old. */
const STALE_MS = 5_000;
/** A connection silent for this long is dead even if the browser has not noticed. */
const DEAD_MS = 20_000;
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 15_000;

export type StreamStatus = "connecting" | "live" | "stale";

export interface StreamHandlers {
  onChange: (topics: Topic[]) => void;
  onStats: (stats: Stats) => void;
  onStatus: (status: StreamStatus) => void;
  /** Connected again after a gap: changes may have been missed. */
  onResume: () => void;
}

/**
 * Keeps one EventSource open until `signal` aborts. It closes while the tab is hidden (browsers allow six connections
 * to a server, and each tab would hold one) and reopens with a jittered back-off when the server refuses.
 */
export function openEventStream(handlers: StreamHandlers, signal: AbortSignal): void {
  let source: EventSource | null = null;
  let lastHeardAt = 0;
  let failures = 0;
  let opened = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open() {
    close();
    if (document.hidden || signal.aborted) return;
    lastHeardAt = Date.now();
    source = new EventSource(URL);
    source.addEventListener("open", () => {
      if (opened) handlers.onResume();
      opened = true;
    });
    source.addEventListener("change", (event) =>
      hear(changeSchema, event, (change) => handlers.onChange(change.topics)),
    );
    source.addEventListener("stats", (event) => hear(statsSchema, event, handlers.onStats));
    // The browser reconnects by itself after a lost connection, but gives up on a refused one (an error status).
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) reopenLater();
    });
  }

  function hear<T>(
    schema: { safeParse(data: unknown): { data?: T } },
    event: MessageEvent,
    handle: (data: T) => void,
  ) {
    const { data } = schema.safeParse(parseJson(event.data));
    if (data === undefined) return;
    lastHeardAt = Date.now();
    failures = 0;
    handlers.onStatus("live");
    handle(data);
  }

  function reopenLater() {
    close();
    const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** failures++);
    retry = setTimeout(open, ceiling * (0.5 + Math.random() / 2));
  }

  function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  const watchdog = setInterval(() => {
    if (document.hidden) return;
    const silence = Date.now() - lastHeardAt;
    if (silence > STALE_MS) handlers.onStatus("stale");
    if (silence > DEAD_MS && source !== null) reopenLater();
  }, 1000);
  const onVisibility = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", onVisibility, { signal });
  signal.addEventListener("abort", () => {
    clearInterval(watchdog);
    close();
  });
  open();
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
