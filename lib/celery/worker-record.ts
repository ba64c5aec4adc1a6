/** What a worker's events told about it. Times are epoch milliseconds; null is "not said". */
export interface WorkerRecord {
  readonly hostname: string;
  /** `offline` after `worker-offline`; `silent` when the collector waited for it in vain (lib/collector/worker-watch.ts). */
  readonly announced: "online" | "offline" | "silent";
  /** Our own clock when the last event of this worker arrived, or its last answer where it sends no heartbeats. */
  readonly lastHeartbeatAt: number;
  /** Its own interval between heartbeats; null before it said one, which some never do (`--without-heartbeat`). */
  readonly freqSeconds: number | null;
  readonly pid: number | null;
  /** The process of this name before this one: what it still says is not news. */
  readonly formerPid: number | null;
  /** The worker's own clock when this process began, as far as events tell: what it holds, it took later. */
  readonly bornAt: number | null;
  /** Our own clock when it was last seen to have begun or ended a task, or to have started itself. */
  readonly progressAt: number;
  /** How far its clock was ahead of ours at the last heartbeat, in ms; negative is behind, or late. */
  readonly clockAheadMs: number;
  readonly active: number | null;
  readonly processed: number | null;
  readonly loadAverage: readonly number[] | null;
  readonly softwareIdentity: string | null;
  readonly softwareVersion: string | null;
  readonly softwareSystem: string | null;
}

/** What is known of a worker of which nothing was heard but its name, first at `heardAt` (epoch ms of our clock). */
export function createWorkerRecord(hostname: string, heardAt: number): WorkerRecord {
  return {
    hostname,
    announced: "online",
    lastHeartbeatAt: heardAt,
    freqSeconds: null,
    pid: null,
    formerPid: null,
    bornAt: null,
    progressAt: heardAt,
    clockAheadMs: 0,
    active: null,
    processed: null,
    loadAverage: null,
    softwareIdentity: null,
    softwareVersion: null,
    softwareSystem: null,
  };
}
