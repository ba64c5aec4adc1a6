/** What a worker's events told about it. Times are epoch milliseconds; null is "not said". */
export interface WorkerRecord {
  readonly hostname: string;
  /** False after `worker-offline`. Silence is judged by `lastHeartbeatAt` and `freqSeconds`, not here. */
  readonly announced: "online" | "offline";
  /** Our own clock when the last event of this worker arrived. */
  readonly lastHeartbeatAt: number;
  readonly freqSeconds: number;
  readonly pid: number | null;
  readonly active: number | null;
  readonly processed: number | null;
  readonly loadAverage: readonly number[] | null;
  readonly softwareIdentity: string | null;
  readonly softwareVersion: string | null;
  readonly softwareSystem: string | null;
}
