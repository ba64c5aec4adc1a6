import type { ControlMethod, TerminateSignal } from "../control-message";

type Nothing = Readonly<Record<never, never>>;

interface Termination {
  /** Whether a task that runs is ended too. */
  readonly terminate?: boolean;
  readonly signal?: TerminateSignal;
}

/** The arguments of each command, under Celery's own names (celery-wire.md C.5). Seconds are seconds. */
export interface ControlArguments {
  readonly ping: Nothing;
  readonly report: Nothing;
  readonly stats: Nothing;
  readonly active: { readonly safe?: boolean };
  readonly active_queues: Nothing;
  readonly registered: { readonly taskinfoitems?: readonly string[]; readonly builtins?: boolean };
  readonly reserved: Nothing;
  readonly scheduled: Nothing;
  readonly revoked: Nothing;
  readonly conf: { readonly with_defaults?: boolean };
  readonly query_task: { readonly ids: readonly string[] };
  readonly heartbeat: Nothing;
  readonly shutdown: Nothing;
  readonly pool_grow: { readonly n: number };
  readonly pool_shrink: { readonly n: number };
  /** Celery would also take modules to import, which nobody should be able to ask for. */
  readonly pool_restart: Nothing;
  readonly autoscale: { readonly max: number; readonly min: number };
  readonly add_consumer: { readonly queue: string };
  readonly cancel_consumer: { readonly queue: string };
  /** A rate is tasks a second, or a text such as `10/m`; 0 is no limit. */
  readonly rate_limit: { readonly task_name: string; readonly rate_limit: string | number };
  /** null is no limit but the pool's. */
  readonly time_limit: {
    readonly task_name: string;
    readonly soft: number | null;
    readonly hard: number | null;
  };
  readonly revoke: Termination & { readonly task_id: readonly string[] };
  /** Stamp → values, one of which has to fit. */
  readonly revoke_by_stamped_headers: Termination & {
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly enable_events: Nothing;
  readonly disable_events: Nothing;
}

/** What a caller asks of workers; see `ControlRequest`. */
export type ControlCall<Method extends ControlMethod = ControlMethod> = {
  readonly method: Method;
  /** Exact worker names, or null for all. */
  readonly destination?: readonly string[] | null;
} & (Nothing extends ControlArguments[Method]
  ? { readonly arguments?: ControlArguments[Method] }
  : { readonly arguments: ControlArguments[Method] });
