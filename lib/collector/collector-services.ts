import type { Logger } from "pino";
import type { ResultBackend } from "@/lib/backend/result-backend";
import type { Broker } from "@/lib/broker/broker";
import type { Settings } from "@/lib/env";
import type { ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";

/** What every loop of the collector works with. */
export interface CollectorServices {
  readonly store: Store;
  readonly broker: Broker;
  /** Null when no result table is configured. */
  readonly results: ResultTable | null;
  /** Null when no result backend of Celery's own is configured. */
  readonly backend: ResultBackend | null;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Loops end soon after it aborts. */
  readonly signal: AbortSignal;
}
