# Runs inside a Django project (createTestProject's run): writes the rows of ROWS_FILE through Django's own ORM.
# Dates are ISO texts; {"repeat": [text, times]} stands for a long text.
import json
from datetime import datetime

from django.db import connection, transaction
from django_celery_results.models import TaskResult

DATES = {"date_created", "date_started", "date_done"}


def to_python(name, value):
    if name in DATES and value:
        return datetime.fromisoformat(value)
    if isinstance(value, dict):
        text, times = value["repeat"]
        return text * times
    return value


with transaction.atomic():
    for row in json.load(open(ROWS_FILE, encoding="utf-8")):  # noqa: F821
        values = {name: to_python(name, value) for name, value in row.items()}
        created = TaskResult.objects.create(task_id=row["task_id"])
        # create() stamps date_created and date_done with the clock; update() writes what it is told.
        TaskResult.objects.filter(pk=created.pk).update(**values)
connection.close()
