"""Tasks that do one thing each, for tests against a real worker."""

import os
import time

from celery import chord, group, shared_task
from celery.exceptions import Ignore, Reject

from .recorder import record


class PaymentDeclined(Exception):
    """An exception of the user's own, with arguments."""

    def __init__(self, code, amount):
        super().__init__(code, amount)


@shared_task(bind=True)
def echo(self, *args, **kwargs):
    record(self, args, kwargs)
    return {"args": len(args), "kwargs": sorted(kwargs)}


@shared_task(bind=True)
def flaky(self, *args, **kwargs):
    """Fails while the file TEST_OUTAGE_FILE is there."""
    record(self, args, kwargs)
    if os.path.exists(os.environ["TEST_OUTAGE_FILE"]):
        raise ConnectionError("the outside service is down")
    return "delivered"


@shared_task(bind=True)
def flaky_too(self, *args, **kwargs):
    """A second task type that fails the same way."""
    return flaky.run.__func__(self, *args, **kwargs)


@shared_task(bind=True)
def fail(self, *args, **kwargs):
    record(self, args, kwargs)
    raise ValueError("no such order: %r" % (args,))


@shared_task
def fail_with_cause(key="missing"):
    try:
        {}[key]
    except KeyError as error:
        raise RuntimeError("could not load the order") from error


@shared_task
def fail_with_own_exception(code="insufficient_funds", amount=1200):
    raise PaymentDeclined(code, amount)


@shared_task
def fail_with_text(text):
    raise ValueError(text)


@shared_task(bind=True, max_retries=2)
def retry(self, *args, countdown=0.1, succeed_at=None, **kwargs):
    """Retries until its retry `succeed_at`, or fails after two."""
    record(self, args, kwargs)
    if succeed_at is not None and self.request.retries >= succeed_at:
        return self.request.retries
    raise self.retry(exc=TimeoutError("slow upstream"), countdown=countdown)


@shared_task(autoretry_for=(ConnectionError,), retry_backoff=1, retry_jitter=False, max_retries=1)
def autoretry():
    raise ConnectionError("refused")


@shared_task
def sleep(seconds):
    time.sleep(seconds)
    return seconds


@shared_task
def wait():
    """Runs for as long as the file TEST_OUTAGE_FILE is there."""
    while os.path.exists(os.environ["TEST_OUTAGE_FILE"]):
        time.sleep(0.02)


@shared_task
def hold(seconds, *args, **kwargs):
    """Fails after a while, so that it is held with its args."""
    time.sleep(seconds)
    raise ValueError("held for %s s" % seconds)


@shared_task
def give(value):
    return value


@shared_task
def give_text(size):
    return "x" * size


@shared_task(soft_time_limit=1)
def exceed_soft_limit():
    time.sleep(30)


@shared_task(time_limit=1)
def exceed_hard_limit():
    time.sleep(30)


@shared_task
def kill_process():
    """What the kernel does when memory runs out."""
    os.kill(os.getpid(), 9)


@shared_task
def ignore():
    raise Ignore()


@shared_task(acks_late=True)
def reject():
    raise Reject("not for us", requeue=False)


@shared_task
def add(left, right):
    return left + right


@shared_task
def total(numbers):
    return sum(numbers)


@shared_task
def start_chord(size=3):
    return chord(group(add.s(number, number) for number in range(size)), total.s()).apply_async().id


@shared_task
def start_chain():
    return (add.s(1, 2) | add.s(3) | add.s(4)).apply_async().id
