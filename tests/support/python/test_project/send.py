"""Sends the calls that standard input holds as a JSON list; prints their ids as JSON.

Args and kwargs are Python source, so that a test can send values that JSON doesn't have."""

import datetime
import json
import sys
import uuid
from contextlib import contextmanager, nullcontext
from decimal import Decimal

import django
from celery.signals import before_task_publish

from . import celery_app

NAMES = {"Decimal": Decimal, "UUID": uuid.UUID, "datetime": datetime}


def drop_text(headers=None, **_):
    headers.pop("argsrepr", None)
    headers.pop("kwargsrepr", None)


@contextmanager
def without_text():
    before_task_publish.connect(drop_text)
    try:
        yield
    finally:
        before_task_publish.disconnect(drop_text)


def main():
    django.setup()
    ids = []
    for call in json.load(sys.stdin):
        args = eval(call.get("args", "()"), dict(NAMES))
        kwargs = eval(call.get("kwargs", "{}"), dict(NAMES))
        with without_text() if call.get("withoutText") else nullcontext():
            sent = celery_app.send_task(call["task"], args, kwargs, **call.get("options", {}))
        ids.append(sent.id)
    print(json.dumps(ids))
