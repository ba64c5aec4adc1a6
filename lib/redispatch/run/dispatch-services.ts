import type { Logger } from "pino";
import type { Broker } from "@/lib/broker/broker";
import type { EvidenceSources } from "../task-evidence";

/** What running a batch needs of the broker. */
type DispatchBroker = Pick<
  Broker,
  "kind" | "publishTasks" | "getDispatchProgress" | "endDispatch" | "countReady" | "peekQueue"
>;

/** What running a batch needs. */
export interface DispatchServices extends EvidenceSources {
  readonly broker: DispatchBroker;
  /** When it aborts, the chunk at hand is finished and the batch is left to the next collector. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}
