"""What people do without Celeriac: a loop of apply_async over the failed rows. Prints seconds and tasks sent."""

import ast
import json
import sys
import time

import django

django.setup()

from celery import current_app  # noqa: E402
from django_celery_results.models import TaskResult  # noqa: E402

app = current_app
app.conf.task_send_sent_event = False
if len(sys.argv) > 1 and sys.argv[1] == "confirm":
    app.conf.broker_transport_options = {"confirm_publish": True}

rows = TaskResult.objects.filter(status="FAILURE").order_by("date_done")
tasks = {name: app.Task.bind(app) or None for name in ()}
started = time.perf_counter()
sent = 0
for row in rows.values_list("task_name", "task_args", "task_kwargs").iterator(chunk_size=2000):
    name, args, kwargs = row
    app.send_task(
        name,
        ast.literal_eval(json.loads(args)),
        ast.literal_eval(json.loads(kwargs)),
        queue="celery",
    )
    sent += 1
print(json.dumps({"seconds": time.perf_counter() - started, "sent": sent}))
