import { CELERY_HEADERS } from "./celery-headers";
import { checkText } from "./check-text";

const MAX_VALUE_LENGTH = 1024;
/** AMQP holds a header's name in a short string; a leading underscore is for Celery's private attributes. */
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,127}$/;

/**
 * More names that mean something to Celery, kombu or RabbitMQ. A worker copies a message's headers into
 * `celery.app.task.Context`, so that the names of its attributes and methods belong here too (5.7.0), and RabbitMQ
 * routes by `CC` and `BCC`.
 */
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    "args",
    "kwargs",
    "callbacks",
    "errbacks",
    "chain",
    "chord",
    "called_directly",
    "correlation_id",
    "utc",
  ],
  ...[
    "delivery_info",
    "delivery_tag",
    "headers",
    "hostname",
    "is_eager",
    "logfile",
    "loglevel",
    "properties",
  ],
  ...["reply_to", "taskset", "children", "update", "clear", "get", "as_execution_options", "priority"],
  ...["clock", "ticket", "CC", "BCC"],
]);

/** Throws a TypeError that names the header unless it may travel beside Celery's own. */
export function checkCustomHeader(name: string, value: unknown): asserts value is string {
  const isTaken = CELERY_HEADERS.has(name) || RESERVED.has(name) || /^x-/i.test(name);
  if (isTaken || !NAME.test(name)) {
    throw new TypeError(`headers.${name}: this name cannot be used for a custom header`);
  }
  checkText(`headers.${name}`, value, MAX_VALUE_LENGTH);
}
