"""What is done to a worker while its messages are recorded: `python -m wire_project.run run|hold|inspect`."""

import datetime
import socket
import sys
import time

from .app import add, app, fail, progress, reject, retry_once, sleep

PAST = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def run_all():
    """One task of each fate."""
    add.apply_async((1, 2), task_id="e-ok")
    fail.apply_async(("no\nmoney",), task_id="e-fail")
    retry_once.apply_async(task_id="e-retry")
    progress.apply_async(task_id="e-progress")
    reject.apply_async(task_id="e-reject")
    app.send_task("no.such.task", task_id="e-unknown")
    add.apply_async((1, 2), expires=PAST, task_id="e-expired")
    app.control.revoke("e-revoked", reply=True, timeout=2)
    add.apply_async((1, 2), task_id="e-revoked")
    terminated = sleep.apply_async((60,), task_id="e-terminated")
    while not any(task["time_start"] for task in active() if task["id"] == "e-terminated"):
        time.sleep(0.1)
    terminated.revoke(terminate=True, signal="KILL", wait=True, timeout=2)


def hold():
    """Two tasks that run, two that wait for a process, one that waits for its time."""
    for n in range(4):
        sleep.apply_async((600,), task_id=f"h-{n}")
    add.apply_async((1, 2), countdown=3600, task_id="h-scheduled")
    while len(active()) < 2:
        time.sleep(0.1)


def inspect():
    """What Celery's own client sends."""
    app.control.inspect(timeout=0.5).ping()
    app.control.inspect([f"w1@{socket.gethostname()}"], timeout=0.5).stats()
    app.control.inspect(timeout=0.5).active()
    app.control.inspect(timeout=0.5).query_task("h-0", "h-1")
    app.control.inspect(timeout=0.5).registered("rate_limit")
    app.control.enable_events(reply=True, timeout=0.5)


def active():
    return [task for tasks in (app.control.inspect(timeout=1).active() or {}).values() for task in tasks]


if __name__ == "__main__":
    {"run": run_all, "hold": hold, "inspect": inspect}[sys.argv[1]]()
