# What people do without Celeriac: a loop of send_task over the failed rows. Prints the seconds and the tasks sent.
import ast
import json
import time

from celery import current_app as app
from django_celery_results.models import TaskResult

app.conf.task_send_sent_event = False
if globals().get("CONFIRM"):
    app.conf.broker_transport_options = {"confirm_publish": True}

started = time.perf_counter()
sent = 0
failed = TaskResult.objects.filter(status="FAILURE").order_by("date_done")
for name, args, kwargs in failed.values_list("task_name", "task_args", "task_kwargs").iterator(2000):
    args, kwargs = ast.literal_eval(json.loads(args)), ast.literal_eval(json.loads(kwargs))
    app.send_task(name, args, kwargs, queue="celery")
    sent += 1
print(json.dumps({"seconds": time.perf_counter() - started, "sent": sent}))
