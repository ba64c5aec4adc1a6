"""Writes down what a task received, exactly: a line of JSON a call, each value with its Python type."""

import json
import os


def record(task, args, kwargs):
    path = os.environ.get("TEST_RECORD_FILE")
    if not path:
        return
    info = task.request.delivery_info or {}
    line = json.dumps(
        {
            "id": task.request.id,
            "task": task.name,
            "queue": info.get("routing_key"),
            "retries": task.request.retries,
            "rootId": task.request.root_id,
            "parentId": task.request.parent_id,
            "args": [typed(value) for value in args],
            "kwargs": [[name, typed(value)] for name, value in kwargs.items()],
        }
    )
    # One write to a file opened for appending: lines of parallel processes don't mix.
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (line + "\n").encode())
    finally:
        os.close(descriptor)


def typed(value):
    """A value as {"type", "value"}: text of scalars so that no digit is lost, lists of typed values otherwise."""
    name = type(value).__name__
    if value is None:
        return {"type": "None", "value": None}
    if isinstance(value, str):
        return {"type": name, "value": value}
    if isinstance(value, (list, tuple)):
        return {"type": name, "value": [typed(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"type": name, "value": sorted((typed(item) for item in value), key=json.dumps)}
    if isinstance(value, dict):
        return {"type": name, "value": [[typed(key), typed(item)] for key, item in value.items()]}
    return {"type": name, "value": repr(value)}
