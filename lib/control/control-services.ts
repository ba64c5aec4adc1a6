import type { Broker } from "@/lib/broker/broker";
import type { ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";

/** What commands and revokes work with. */
export interface ControlServices {
  readonly store: Store;
  readonly broker: Broker;
  /** Null where no result table is configured. */
  readonly results: ResultTable | null;
  /** Names of kwargs and settings whose values are hidden. */
  readonly redact: readonly string[];
}
