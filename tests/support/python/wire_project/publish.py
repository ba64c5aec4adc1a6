"""Publishes one or more task messages a case, each case to a queue of its name, and prints the cases' names."""

import datetime
import decimal
import json
import uuid

import celery
from celery import chain, chord, group

from .app import add, app, echo, total

KATHMANDU = datetime.timezone(datetime.timedelta(hours=5, minutes=45))
ETA = datetime.datetime(2026, 11, 23, 6, 45, 0, 250000, tzinfo=KATHMANDU)
EXPIRES = datetime.datetime(2096, 11, 23, 1, 0, tzinfo=datetime.timezone.utc)


def with_protocol_1():
    app.conf.task_protocol = 1
    app.amqp.__dict__.pop("create_task_message", None)
    try:
        echo.apply_async((1, "é"), {"k": None}, queue="protocol-1", task_id="t-protocol-1")
    finally:
        app.conf.task_protocol = 2
        app.amqp.__dict__.pop("create_task_message", None)


def with_stamps():
    signature = echo.s(1)
    if hasattr(signature, "stamp"):
        signature.stamp(owner="team-a")
        signature.apply_async(queue="stamps", task_id="t-stamps")


CASES = {
    "plain": lambda: add.apply_async((1, 2), queue="plain", task_id="t-plain"),
    "redispatch": lambda: echo.apply_async(
        (1, "é", None, 1.5, [True, {"k": 10**20}]),
        {"amount": 2.0, "note": "x"},
        queue="redispatch",
        task_id="t-redispatch",
        root_id="t-root",
        parent_id="t-parent",
        eta=ETA,
        expires=EXPIRES,
        priority=3,
        headers={"redispatched_from": "t-old"},
    ),
    "countdown": lambda: add.apply_async((1, 2), countdown=60, queue="countdown", task_id="t-countdown"),
    "options": lambda: add.apply_async(
        (1, 2),
        queue="options",
        task_id="t-options",
        shadow="add.shadow",
        time_limit=30,
        soft_time_limit=20,
        ignore_result=True,
        link=echo.s("linked"),
        link_error=echo.s("errored"),
    ),
    "chain": lambda: chain(
        add.s(1, 2).set(queue="chain", task_id="t-chain-1"),
        add.s(3).set(queue="chain", task_id="t-chain-2"),
        add.s(4).set(queue="chain", task_id="t-chain-3"),
    ).apply_async(),
    "chord": lambda: chord(
        [add.s(n, n).set(queue="chord", task_id=f"t-chord-{n}") for n in (1, 2)],
        total.s().set(queue="chord", task_id="t-chord-body"),
    ).apply_async(),
    "group": lambda: group(add.s(n, n).set(queue="group", task_id=f"t-group-{n}") for n in (1, 2)).apply_async(),
    "protocol-1": with_protocol_1,
    "gzip": lambda: echo.apply_async(("z" * 50,), compression="gzip", queue="gzip", task_id="t-gzip"),
    "bzip2": lambda: echo.apply_async(("z" * 50,), compression="bzip2", queue="bzip2", task_id="t-bzip2"),
    "pickle": lambda: echo.apply_async((1,), serializer="pickle", queue="pickle", task_id="t-pickle"),
    "typed": lambda: echo.apply_async(
        (decimal.Decimal("1.50"), datetime.date(2024, 1, 2), ETA, uuid.UUID(int=5)),
        queue="typed",
        task_id="t-typed",
    ),
    "stamps": with_stamps,
}

if __name__ == "__main__":
    for publish in CASES.values():
        publish()
    print(json.dumps({"celery": celery.__version__, "cases": list(CASES)}))
