import type { WireArray, WireObject, WireValue } from "./wire-value";

/** What a caller decides about a task; everything else of the message follows from Celery's defaults (A.1, J.2). */
export interface TaskCall {
  readonly id: string;
  readonly task: string;
  readonly args: WireArray;
  readonly kwargs: WireObject;
  /** Name of the sender, shown by Celery as the task's origin. */
  readonly origin: string;
  /** Uncut saferepr text, or null: then django-celery-results stores real JSON. */
  readonly argsRepr: string | null;
  readonly kwargsRepr: string | null;
  readonly rootId?: string;
  readonly parentId?: string | null;
  readonly eta?: Date | null;
  readonly expires?: Date | null;
  /** 0 to 9. */
  readonly priority?: number;
  /** Custom headers, visible to the task as `request.headers`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A protocol 2 message, valid by construction: only `createTaskMessage` makes one. */
export interface TaskMessage {
  readonly headers: Readonly<Record<string, WireValue>>;
  readonly properties: {
    readonly correlationId: string;
    readonly replyTo: string;
    readonly deliveryMode: 2;
    readonly priority: number;
    readonly expiration: string | null;
  };
  readonly contentType: "application/json";
  readonly contentEncoding: "utf-8";
  /** The serialised `[args, kwargs, embed]`. */
  readonly body: string;
  /** Forbids object literals: the constructor is the one way to get one. */
  readonly [validated]: true;
}
declare const validated: unique symbol;
