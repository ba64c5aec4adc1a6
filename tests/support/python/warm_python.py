"""Runs Python for the tests, each piece in a fork of this process, in which Celery, Django and their drivers are loaded already.

Reads a request a line and writes answers a line, in the order in which they come up. It ends with its input.
- A source: {"number", "source", "env", "input"}, answered by {"number", "output", "error"} when it has ended.
- A module, run as `python -m` would, in a process group of its own: {"number", "module", "args", "env", "folder", "log"}, answered by
  {"number", "pid"} and, when it has ended, {"number", "status"}; what it prints goes to the file `log`."""

import contextlib
import fcntl
import importlib
import io
import json
import os
import random
import runpy
import signal
import sys
import traceback

# Nothing that reads Django's settings, which each request has of its own.
PRELOADED = """
celery celery.app.amqp celery.app.base celery.app.control celery.app.events celery.app.task celery.backends.base celery.canvas
celery.bin.celery celery.bin.worker celery.apps.worker celery.concurrency.prefork celery.concurrency.solo celery.worker.autoscale
celery.worker.consumer celery.worker.pidbox celery.worker.strategy celery.fixups.django celery.result
kombu kombu.transport.pyamqp kombu.transport.redis kombu.utils.json redis amqp
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
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            request = json.loads(line)
            (run_source if "source" in request else watch_module)(request)
            os._exit(0)


def run_source(request):
    prepare(request)
    output = io.StringIO()
    error = None
    sys.stdin = io.StringIO(request["input"])
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(request["source"], "<source>", "exec"), {"__name__": "__main__"})
        except BaseException:
            error = traceback.format_exc()
    answer(request, output=output.getvalue(), error=error)


def watch_module(request):
    """Has the module run by a child of its own, whose end it can wait for."""
    pid = os.fork()
    if pid == 0:
        run_module(request)
    answer(request, pid=pid)
    _, status = os.waitpid(pid, 0)
    answer(request, status=os.waitstatus_to_exitcode(status))


def run_module(request):
    os.setsid()
    os.chdir(request["folder"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor, own in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, own)
    prepare(request)
    sys.argv = [request["module"], *request["args"]]
    # As `python -m` has it.
    sys.path[0] = request["folder"]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    # Not back into the loop; what it registered for its exit runs, as it does when it raises.
    sys.exit()


def prepare(request):
    random.seed()
    os.environ.update(request["env"])


def answer(request, **facts):
    data = (json.dumps({"number": request["number"], **facts}) + "\n").encode()
    # A long answer is written in pieces, which must not mix with those of another fork.
    with open(__file__) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        while data:
            data = data[os.write(1, data) :]


if __name__ == "__main__":
    main()
