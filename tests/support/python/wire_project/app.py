"""The app and its tasks."""

import os
import time

from celery import Celery
from celery.exceptions import Reject

app = Celery("wire_project", broker=os.environ["CELERY_BROKER_URL"], backend=os.environ["CELERY_BROKER_URL"])
app.conf.update(
    accept_content=["json"],
    task_send_sent_event=True,
    task_default_queue="work",
    task_acks_late=True,
    worker_hijack_root_logger=False,
)


@app.task
def add(x, y):
    return x + y


@app.task
def total(numbers):
    return sum(numbers)


@app.task
def echo(*args, **kwargs):
    return "ok"


@app.task
def fail(message):
    raise ValueError(message)


@app.task(bind=True, max_retries=1, default_retry_delay=1)
def retry_once(self):
    if self.request.retries == 0:
        try:
            raise OSError("connection reset")
        except OSError as error:
            raise self.retry(exc=error)
    return "second time"


@app.task(bind=True)
def progress(self):
    self.send_event("task-progress", percent=50)
    return "done"


@app.task
def reject():
    raise Reject("not for me", requeue=False)


@app.task(rate_limit="100/m")
def sleep(seconds):
    time.sleep(seconds)
