import { expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { AppError } from "@/lib/errors";

test.each([
  [
    { url: "sqs://user:s3cret@host//" },
    'CELERY_BROKER_URL: got "sqs://user:***@host//": "sqs" is not supported yet',
  ],
  [
    { url: "amqp://user:s3cret@host:x//" },
    'CELERY_BROKER_URL: got "amqp://user:***@host:x//": the port is not a number',
  ],
  [{ url: "amqp://host", options: { ssl: { certfile: "a.pem" } } }, "needs certfile and keyfile together"],
  [
    { url: "amqp://host", managementUrl: "ftp://u:s3cret@host" },
    'RABBITMQ_MANAGEMENT_URL: got "ftp://u:***@host"',
  ],
  [{ url: "localhost" }, 'CELERY_BROKER_URL: got "localhost": it has no scheme'],
  [{ url: "sentinel://host" }, 'sentinel:// needs "master_name"'],
  [{ url: "redis://host", options: { sep: 5 } }, '"sep" takes a text'],
])("%j", (settings, message) => {
  const open = () => openBroker(settings);
  expect(open).toThrow(AppError);
  expect(open).toThrow(message);
});
