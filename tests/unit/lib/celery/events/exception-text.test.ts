import { expect, it } from "vitest";
import { exceptionText } from "@/lib/celery/events/exception-text";

const TRACEBACK = `Traceback (most recent call last):
  File "/app/tasks.py", line 3, in inner
    raise KeyError("x")
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/celery/app/trace.py", line 453, in trace_task
    R = retval = fun(*args, **kwargs)
                 ^^^^^^^^^^^^^^^^^^^^
  File "/app/tasks.py", line 5, in pay
    raise shop.errors.Declined("no\\nmoney")
shop.errors.Declined: no
money
`;

it.each<[string | null, string | null, string | null]>([
  ["ValueError('no')", TRACEBACK, "ValueError('no')"],
  ["ExceptionWithTraceback()", TRACEBACK, "shop.errors.Declined: no"],
  ["ExceptionWithTraceback(ValueError('no'), '...')", TRACEBACK, "shop.errors.Declined: no"],
  [null, TRACEBACK, "shop.errors.Declined: no"],
  ["", TRACEBACK, "shop.errors.Declined: no"],
  [null, "NotRegistered: 'no.such'", "NotRegistered: 'no.such'"],
  ["ExceptionWithTraceback()", null, "ExceptionWithTraceback()"],
  ["ExceptionWithTraceback()", '  File "a", line 1', "ExceptionWithTraceback()"],
  [null, null, null],
  ["", "", null],
])("the exception %j with the traceback %#", (exception, traceback, text) => {
  expect(exceptionText(exception, traceback)).toBe(text);
});
