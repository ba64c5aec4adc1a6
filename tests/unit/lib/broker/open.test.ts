import { expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { AppError } from "@/lib/errors";

test.each([
  [
    { url: "amqp://user:s3cret@host//" },
    'CELERY_BROKER_URL: got "amqp://user:***@host//": "amqp" is not supported yet',
  ],
  [{ url: "localhost" }, 'CELERY_BROKER_URL: got "localhost": it has no scheme'],
  [{ url: "sentinel://host" }, 'sentinel:// needs "master_name"'],
  [{ url: "redis://host", options: { sep: 5 } }, '"sep" takes a text'],
])("%j", (settings, message) => {
  const open = () => openBroker(settings);
  expect(open).toThrow(AppError);
  expect(open).toThrow(message);
});
