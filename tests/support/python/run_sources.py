"""Runs Python for the tests: each source in a fork of this process, in which Celery, Django and their drivers are loaded already.

Reads a request a line, {"number", "source", "env", "input"}, and writes an answer a line, {"number", "output", "error"}, in the order
in which they end. It ends with its input."""

import contextlib
import fcntl
import importlib
import io
import json
import os
import random
import signal
import sys
import traceback

# Nothing that reads Django's settings, which each request has of its own.
PRELOADED = """
celery celery.app.amqp celery.app.base celery.app.control celery.app.events celery.app.task celery.backends.base celery.canvas
celery.fixups.django celery.result kombu kombu.transport.pyamqp kombu.transport.redis kombu.utils.json redis amqp
django django.apps django.core.management django.core.management.commands.migrate django.db django.db.migrations.executor
django.db.models django.forms django.db.backends.sqlite3.base
"""


def main():
    for name in PRELOADED.split():
        importlib.import_module(name)
    # Nobody waits for the forks.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            answer(json.loads(line))
            os._exit(0)


def answer(request):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    random.seed()
    os.environ.update(request["env"])
    output = io.StringIO()
    error = None
    sys.stdin = io.StringIO(request["input"])
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(request["source"], "<source>", "exec"), {"__name__": "__main__"})
        except BaseException:
            error = traceback.format_exc()
    line = json.dumps({"number": request["number"], "output": output.getvalue(), "error": error}) + "\n"
    # A long answer is written in pieces, which must not mix with those of another fork.
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data = line.encode()
        while data:
            data = data[os.write(1, data) :]


if __name__ == "__main__":
    main()
