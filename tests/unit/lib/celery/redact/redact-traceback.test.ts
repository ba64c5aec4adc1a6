import { expect, test } from "vitest";
import { redactTraceback } from "@/lib/celery/redact/redact-traceback";

test("hides values in messages and source lines, and keeps the shape of the traceback", () => {
  const text = `Traceback (most recent call last):
  File "/srv/token.py", line 4, in get_token
    token = fetch(user, password="hunter2")
  File "/srv/b.py", line 9, in f
    if token: return
KeyError: 'password'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/b.py", line 12, in g
    raise
shop.AuthError: bad token: abc
def

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/b.py", line 13, in h
    headers["X-TOKEN"] = "abc"
ValueError: {'token': 'abc', 'user': 'bob'}
`;
  expect(redactTraceback(text, ["password", "token"])).toBe(`Traceback (most recent call last):
  File "/srv/token.py", line 4, in get_token
    token = '***'
  File "/srv/b.py", line 9, in f
    if token: '***'
KeyError: 'password'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/b.py", line 12, in g
    raise
shop.AuthError: bad token: '***'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/b.py", line 13, in h
    headers["X-TOKEN"] = "***"
ValueError: {'token': '***', 'user': 'bob'}
`);
});
